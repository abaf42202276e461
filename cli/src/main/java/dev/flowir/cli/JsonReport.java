package dev.flowir.cli;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Location;
import dev.flowir.ir.check.Position;
import dev.flowir.ir.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report for programs: one JSON object on one line. */
final class JsonReport {

    private JsonReport() {}

    static String line(Report report) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("file", JsonValue.text(report.file().name()));
        members.put("valid", JsonValue.bool(report.valid()));
        members.put("parse_error", JsonValue.bool(report.parseError()));
        List<JsonValue> codes = new ArrayList<>();
        report.codes().forEach(code -> codes.add(JsonValue.text(code)));
        members.put("codes", new JsonValue.Arr(codes));
        List<JsonValue> diagnostics = new ArrayList<>();
        report.diagnostics().forEach(one -> diagnostics.add(diagnostic(one)));
        members.put("diagnostics", new JsonValue.Arr(diagnostics));
        return JsonText.compact(new JsonValue.Obj(members));
    }

    private static JsonValue diagnostic(Diagnostic diagnostic) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("code", JsonValue.text(diagnostic.code().id()));
        members.put("severity", JsonValue.text(diagnostic.severity().wire()));
        members.put("message", JsonValue.text(diagnostic.message()));
        members.put("location", location(diagnostic.location()));
        members.put("suggestion", JsonValue.text(diagnostic.suggestion()));
        return new JsonValue.Obj(members);
    }

    private static JsonValue location(Location location) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("pointer", JsonValue.text(location.pointer()));
        if (location.position().isPresent()) {
            Position position = location.position().get();
            members.put("line", JsonValue.number(position.line()));
            members.put("column", JsonValue.number(position.column()));
        }
        return new JsonValue.Obj(members);
    }
}
