package dev.flowir.ir.check;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes that no run gets to. A flow without trigger nodes starts at its roots, as the reference
 * lets it, so everything outside a cycle is reachable there.
 */
final class ReachabilityWarnings {

    private ReachabilityWarnings() {}

    static void check(Scope scope) {
        Map<String, List<String>> outbound = new HashMap<>();
        Map<String, Integer> inboundEdge = new HashMap<>();
        List<EdgeDefinition> edges = scope.flow().edges();
        for (int i = 0; i < edges.size(); i++) {
            EdgeDefinition edge = edges.get(i);
            outbound.computeIfAbsent(edge.from(), from -> new ArrayList<>()).add(edge.to());
            inboundEdge.putIfAbsent(edge.to(), i);
        }
        List<NodeDefinition> nodes = scope.flow().nodes();
        Deque<String> open = new ArrayDeque<>();
        for (NodeDefinition node : nodes) {
            if (node.kind() == NodeKind.TRIGGER) {
                open.add(node.alias());
                Integer inbound = inboundEdge.get(node.alias());
                if (inbound != null) {
                    scope.report(
                            Codes.DAG212,
                            "/edges/" + inbound + "/to",
                            "edge " + EdgeRules.name(edges.get(inbound)) + " leads into a trigger");
                }
            }
        }
        if (!open.isEmpty()) {
            open.addAll(CompensationWarnings.undoing(scope.flow()));
            reportUnreached(scope, nodes, outbound, reached(open, outbound));
        }
    }

    private static Set<String> reached(Deque<String> open, Map<String, List<String>> outbound) {
        Set<String> reached = new HashSet<>(open);
        while (!open.isEmpty()) {
            for (String to : outbound.getOrDefault(open.pop(), List.of())) {
                if (reached.add(to)) {
                    open.push(to);
                }
            }
        }
        return reached;
    }

    private static void reportUnreached(
            Scope scope,
            List<NodeDefinition> nodes,
            Map<String, List<String>> outbound,
            Set<String> reached) {
        for (int i = 0; i < nodes.size(); i++) {
            String alias = nodes.get(i).alias();
            if (!reached.contains(alias)) {
                boolean isEnd = !outbound.containsKey(alias);
                scope.report(
                        isEnd ? Codes.DAG211 : Codes.DAG210,
                        "/nodes/" + i,
                        "no trigger leads to "
                                + (isEnd ? "the end " : "node ")
                                + Names.quote(alias));
            }
        }
    }
}
