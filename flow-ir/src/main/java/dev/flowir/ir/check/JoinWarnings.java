package dev.flowir.ir.check;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the predecessors that a join names are those that it has: one edge for each name. */
final class JoinWarnings {

    private JoinWarnings() {}

    static void check(Scope scope) {
        Map<String, Map<String, Integer>> edgesByJoin = new HashMap<>();
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (NodeDefinition node : nodes) {
            if (!node.join().isEmpty()) {
                edgesByJoin.put(node.alias(), new HashMap<>());
            }
        }
        if (edgesByJoin.isEmpty()) {
            return;
        }
        for (EdgeDefinition edge : scope.flow().edges()) {
            Map<String, Integer> sources = edgesByJoin.get(edge.to());
            if (sources != null) {
                sources.merge(edge.from(), 1, Integer::sum);
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            Map<String, Integer> sources = edgesByJoin.get(nodes.get(i).alias());
            if (sources != null) {
                names(scope, nodes.get(i), "/nodes/" + i + "/join", sources);
            }
        }
        unnamed(scope, edgesByJoin);
    }

    /** Takes an edge out of {@code sources} for each name. */
    private static void names(
            Scope scope, NodeDefinition node, String pointer, Map<String, Integer> sources) {
        for (int n = 0; n < node.join().size(); n++) {
            String name = node.join().get(n);
            String subject = "join " + Names.quote(node.alias()) + ": ";
            if (!scope.isAlias(name)) {
                scope.reportUnknown(
                        Codes.JOIN101,
                        pointer + "/" + n,
                        subject + Names.quote(name) + " is no node",
                        name);
            } else if (sources.getOrDefault(name, 0) == 0) {
                String further = sources.containsKey(name) ? "no further edge" : "no edge";
                scope.report(
                        Codes.JOIN101,
                        pointer + "/" + n,
                        subject + "there is " + further + " from " + Names.quote(name));
            } else {
                sources.merge(name, -1, Integer::sum);
            }
        }
    }

    /** Reports one edge for each source that is left over. */
    private static void unnamed(Scope scope, Map<String, Map<String, Integer>> edgesByJoin) {
        List<EdgeDefinition> edges = scope.flow().edges();
        for (int i = 0; i < edges.size(); i++) {
            EdgeDefinition edge = edges.get(i);
            Map<String, Integer> left = edgesByJoin.getOrDefault(edge.to(), Map.of());
            if (left.getOrDefault(edge.from(), 0) > 0) {
                left.put(edge.from(), 0);
                scope.report(
                        Codes.JOIN102,
                        "/edges/" + i,
                        "join "
                                + Names.quote(edge.to())
                                + " does not name "
                                + Names.quote(edge.from())
                                + " as often as it has an edge to it");
            }
        }
    }
}
