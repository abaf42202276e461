package dev.flowir.wasm;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What is said about one document, on every platform. */
public final class DocumentCases {

    private DocumentCases() {}

    static GateLine line(String name, Supplier<FlowDefinition> flow) {
        return GateLine.of(name, () -> outcome(flow.get()));
    }

    static void print(String name, Supplier<FlowDefinition> flow) {
        System.out.println(line(name, flow).text());
    }

    /** The members of a JSON object from keys and values by turns. */
    static Map<String, JsonValue> map(Object... keysAndValues) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            members.put((String) keysAndValues[i], (JsonValue) keysAndValues[i + 1]);
        }
        return members;
    }

    private static String outcome(FlowDefinition flow) {
        StringBuilder text = new StringBuilder("full");
        for (Diagnostic diagnostic : Checker.check(flow, HintTable.FULL)) {
            text.append("; ").append(diagnostic.code().id());
            text.append(' ').append(diagnostic.severity());
            text.append(" at ").append(diagnostic.location().pointer());
            text.append(": ").append(diagnostic.message());
            text.append(" | ").append(diagnostic.suggestion());
        }
        text.append("; core");
        for (Diagnostic diagnostic : Checker.check(flow, HintTable.CORE)) {
            text.append(' ').append(diagnostic.code().id());
        }
        return text.toString();
    }
}
