package dev.flowir.cli;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Location;
import dev.flowir.ir.check.Position;
import dev.flowir.ir.json.JsonText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** A report for programs: one JSON object on one line. */
final class JsonReport {

    private JsonReport() {}

    /** Prints the report piece by piece: a file may have very many errors. */
    static void print(Report report, PrintStream out) {
        out.print("{\"file\":" + text(report.file().name()));
        out.print(",\"valid\":" + report.valid());
        out.print(",\"parse_error\":" + report.parseError());
        out.print(",\"codes\":[");
        String comma = "";
        for (String code : report.codes()) {
            out.print(comma + text(code));
            comma = ",";
        }
        out.print("],\"diagnostics\":[");
        comma = "";
        for (Diagnostic diagnostic : report.diagnostics()) {
            out.print(comma + JsonText.compact(diagnostic(diagnostic)));
            comma = ",";
        }
        out.println("]}");
    }

    private static String text(String value) {
        return JsonText.compact(JsonValue.text(value));
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

    static JsonValue location(Location location) {
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
