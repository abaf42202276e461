package dev.flowir.ir.check;

import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Subflow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether what nodes say about the flows they came with goes together. */
final class SubflowWarnings {

    private SubflowWarnings() {}

    static void check(Scope scope) {
        Map<String, List<Subflow>> seen = new HashMap<>();
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            NodeDefinition node = nodes.get(i);
            String problem = problem(node, seen);
            if (!problem.isEmpty()) {
                scope.report(
                        Codes.CTRL147,
                        "/nodes/" + i + "/part_of",
                        "node " + Names.quote(node.alias()) + ": " + problem);
            }
        }
    }

    private static String problem(NodeDefinition node, Map<String, List<Subflow>> seen) {
        List<Subflow> partOf = node.partOf();
        for (int i = 0; i < partOf.size(); i++) {
            String alias = partOf.get(i).alias();
            String inner = i + 1 < partOf.size() ? partOf.get(i + 1).alias() : node.alias();
            if (!inner.startsWith(alias + ".")) {
                return Names.quote(inner) + " does not begin with " + Names.quote(alias + ".");
            }
            List<Subflow> path = partOf.subList(0, i + 1);
            List<Subflow> earlier = seen.putIfAbsent(alias, path);
            if (earlier != null && !earlier.equals(path)) {
                return "sub-flow " + Names.quote(alias) + " is another at an earlier node";
            }
        }
        return "";
    }
}
