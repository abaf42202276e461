package dev.flowir.ir.check;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the predecessors that a join names are those that it has. */
final class JoinWarnings {

    private JoinWarnings() {}

    static void check(Scope scope) {
        List<NodeDefinition> nodes = scope.flow().nodes();
        Map<String, Set<String>> joins = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (!nodes.get(i).join().isEmpty()) {
                joins.put(nodes.get(i).alias(), new HashSet<>(nodes.get(i).join()));
                named(scope, nodes.get(i), "/nodes/" + i + "/join");
            }
        }
        unnamed(scope, joins);
    }

    private static void named(Scope scope, NodeDefinition node, String pointer) {
        Set<String> seen = new HashSet<>();
        for (int n = 0; n < node.join().size(); n++) {
            String name = node.join().get(n);
            String subject = "join " + Names.quote(node.alias()) + ": ";
            if (!scope.isAlias(name)) {
                scope.reportUnknown(
                        Codes.JOIN101,
                        pointer + "/" + n,
                        subject + Names.quote(name) + " is no node",
                        name);
            } else if (!scope.hasEdge(name, node.alias())) {
                scope.report(
                        Codes.JOIN101,
                        pointer + "/" + n,
                        subject + "there is no edge from " + Names.quote(name));
            }
            if (!seen.add(name)) {
                scope.report(
                        Codes.JOIN102,
                        pointer + "/" + n,
                        subject + Names.quote(name) + " is named twice");
            }
        }
    }

    private static void unnamed(Scope scope, Map<String, Set<String>> joins) {
        Set<List<String>> reported = new LinkedHashSet<>();
        List<EdgeDefinition> edges = scope.flow().edges();
        for (int i = 0; i < edges.size(); i++) {
            EdgeDefinition edge = edges.get(i);
            Set<String> join = joins.get(edge.to());
            if (join != null
                    && !join.contains(edge.from())
                    && reported.add(List.of(edge.from(), edge.to()))) {
                scope.report(
                        Codes.JOIN102,
                        "/edges/" + i,
                        "join "
                                + Names.quote(edge.to())
                                + " does not name "
                                + Names.quote(edge.from())
                                + ", which has an edge to it");
            }
        }
    }
}
