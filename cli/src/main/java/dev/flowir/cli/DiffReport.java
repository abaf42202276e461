package dev.flowir.cli;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.diff.Edit;
import dev.flowir.ir.diff.FlowDiff;
import dev.flowir.ir.json.JsonText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was edited between two flows.
 *
 * @param old what runs were begun with
 * @param next what is to take its place
 * @param edits the edits
 */
record DiffReport(FlowSource old, FlowSource next, List<Edit> edits) {

    private FlowSource source(Edit edit) {
        return edit.side() == Edit.Side.OLD ? old : next;
    }

    private long count(boolean compatible) {
        return edits.stream().filter(edit -> edit.isCompatible() == compatible).count();
    }

    private String versions() {
        return version(old) + " -> " + version(next);
    }

    private static String version(FlowSource source) {
        return source.definition().map(flow -> flow.name() + "@" + flow.version()).orElse("?");
    }

    void text(PrintStream out) {
        TextReport report = new TextReport(out);
        for (Edit edit : edits) {
            FlowSource source = source(edit);
            String word =
                    edit.isCompatible() ? Paint.good("compatible") : Paint.bad("incompatible");
            report.print(source.file(), source.located(edit.found()), word);
        }
        out.println(versions() + ": " + verdict());
    }

    private String verdict() {
        if (edits.isEmpty()) {
            return Paint.good("the same plan") + "; runs in flight see no difference";
        }
        if (FlowDiff.isCompatible(edits)) {
            return Paint.good("compatible") + "; runs in flight go on";
        }
        return Paint.bad("incompatible")
                + " ("
                + count(false)
                + " of "
                + edits.size()
                + "); without the old version loaded runs in flight are parked with DUR103";
    }

    /** One object on one line. */
    void json(PrintStream out) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("old", JsonValue.text(old.file().name()));
        members.put("new", JsonValue.text(next.file().name()));
        members.put("compatible", new JsonValue.Bool(FlowDiff.isCompatible(edits)));
        List<JsonValue> all = new ArrayList<>();
        for (Edit edit : edits) {
            all.add(json(edit));
        }
        members.put("edits", new JsonValue.Arr(all));
        out.println(JsonText.compact(new JsonValue.Obj(members)));
    }

    private JsonValue json(Edit edit) {
        Diagnostic found = source(edit).located(edit.found());
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("code", JsonValue.text(found.code().id()));
        members.put("compatible", new JsonValue.Bool(edit.isCompatible()));
        members.put("message", JsonValue.text(found.message()));
        members.put("in", JsonValue.text(edit.side() == Edit.Side.OLD ? "old" : "new"));
        members.put("location", JsonReport.location(found.location()));
        members.put("why", JsonValue.text(found.code().explanation()));
        members.put("suggestion", JsonValue.text(found.suggestion()));
        return new JsonValue.Obj(members);
    }
}
