package dev.flowir.cli;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a flow in JSON starts and ends when the command line does not say so. */
final class Ends {

    private Ends() {}

    /** The alias asked for, or the only trigger, or the only node without inbound edges. */
    static String trigger(FlowDefinition flow, Optional<String> asked) {
        if (asked.isPresent()) {
            return asked.get();
        }
        List<String> triggers = new ArrayList<>();
        List<String> roots = new ArrayList<>();
        Set<String> targets = new HashSet<>();
        for (EdgeDefinition edge : flow.edges()) {
            targets.add(edge.to());
        }
        for (NodeDefinition node : flow.nodes()) {
            if (node.kind() == NodeKind.TRIGGER) {
                triggers.add(node.alias());
            }
            if (!targets.contains(node.alias())) {
                roots.add(node.alias());
            }
        }
        return only(triggers.isEmpty() ? roots : triggers, "start", "--trigger");
    }

    /** The alias asked for, or the only node without outbound edges. */
    static String capture(FlowDefinition flow, Optional<String> asked) {
        if (asked.isPresent()) {
            return asked.get();
        }
        Set<String> sources = new HashSet<>();
        for (EdgeDefinition edge : flow.edges()) {
            sources.add(edge.from());
        }
        List<String> ends = new ArrayList<>();
        for (NodeDefinition node : flow.nodes()) {
            if (!sources.contains(node.alias())) {
                ends.add(node.alias());
            }
        }
        return only(ends, "end", "--capture");
    }

    private static String only(List<String> candidates, String what, String option) {
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw new RefusedCommand(
                candidates.isEmpty()
                        ? "the flow has no " + what
                        : "the flow has more than one "
                                + what
                                + "; say which with "
                                + option
                                + ": "
                                + String.join(", ", candidates));
    }
}
