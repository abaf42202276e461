package dev.flowir.ir.diff;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.NodeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Waits that come in another order: what a run waits for now would be behind it or ahead of it. */
final class WaitEdits {

    /** What a node that only waits depends on. */
    private static final List<String> CLOCK = List.of("resource::clock");

    private WaitEdits() {}

    static void find(FlowDefinition old, FlowDefinition next, Edits edits) {
        List<String> waits = waits(old);
        waits.retainAll(waits(next));
        for (String first : waits) {
            Set<String> before = after(old, first);
            for (String second : waits) {
                if (before.contains(second) && after(next, second).contains(first)) {
                    edits.inNew(
                            DiffCodes.DIFF219,
                            edits.newNode(first),
                            "the wait '" + first + "' came before '" + second + "' and follows it");
                }
            }
        }
    }

    private static List<String> waits(FlowDefinition flow) {
        List<String> all = new ArrayList<>();
        for (NodeDefinition node : flow.nodes()) {
            if (node.determinismHints().equals(CLOCK) && node.effectHints().isEmpty()) {
                all.add(node.alias());
            }
        }
        return all;
    }

    private static Set<String> after(FlowDefinition flow, String alias) {
        Set<String> reached = new LinkedHashSet<>();
        List<String> next = new ArrayList<>(List.of(alias));
        while (!next.isEmpty()) {
            String from = next.remove(next.size() - 1);
            for (EdgeDefinition edge : flow.edges()) {
                if (edge.from().equals(from) && reached.add(edge.to())) {
                    next.add(edge.to());
                }
            }
        }
        return reached;
    }
}
