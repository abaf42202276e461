package dev.flowir.wasm;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What comes of one document on every platform: findings, plan, and how the machine runs it. */
public final class DocumentCases {

    private static final int SEEDS = 4;

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
        for (NodeDefinition trigger : flow.nodes()) {
            if (trigger.kind() == NodeKind.TRIGGER) {
                String capture =
                        flow.edges().isEmpty()
                                ? trigger.alias()
                                : flow.edges().get(flow.edges().size() - 1).to();
                text.append("; from ").append(trigger.alias()).append(" to ").append(capture);
                text.append(": ").append(run(flow, trigger.alias(), capture));
            }
        }
        return text.toString();
    }

    private static String run(FlowDefinition flow, String trigger, String capture) {
        Surroundings around = Surroundings.plain().spilling();
        return switch (Lowering.lower(flow, trigger, capture, around)) {
            case Lowered.Refused refused -> refused.refusal().toString();
            case Lowered.Ready ready -> {
                StringBuilder text = new StringBuilder(plan(ready.plan()));
                for (long seed = 1; seed <= SEEDS; seed++) {
                    text.append("; seed ").append(seed);
                    text.append(MachineTranscript.of(ready.plan(), seed));
                }
                yield text.toString();
            }
        };
    }

    private static String plan(Plan plan) {
        StringBuilder text = new StringBuilder("order");
        for (int k = 0; k < plan.nodeCount(); k++) {
            int node = plan.ordered(k);
            text.append(' ').append(plan.node(node).alias());
            text.append(" head ").append(plan.head(node));
        }
        return text.toString();
    }
}
