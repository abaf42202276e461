package dev.flowir.ir.check;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first cycle that a declared node leads to. Edges with unknown ends take part. Depth-first
 * with its own stack, so that a long chain is no deep recursion.
 */
final class CycleRule {

    /** Most nodes of a cycle that the message lists. */
    private static final int MAX_LISTED = 8;

    private record Step(String alias, int nextEdge) {}

    private CycleRule() {}

    static void check(Scope scope) {
        List<EdgeDefinition> edges = scope.flow().edges();
        Map<String, List<Integer>> outbound = new HashMap<>();
        for (int i = 0; i < edges.size(); i++) {
            outbound.computeIfAbsent(edges.get(i).from(), from -> new ArrayList<>()).add(i);
        }
        Set<String> done = new HashSet<>();
        for (NodeDefinition node : scope.flow().nodes()) {
            if (!done.contains(node.alias()) && closesCycle(scope, node.alias(), outbound, done)) {
                return;
            }
        }
    }

    private static boolean closesCycle(
            Scope scope, String start, Map<String, List<Integer>> outbound, Set<String> done) {
        Deque<Step> path = new ArrayDeque<>();
        Set<String> onPath = new HashSet<>();
        path.push(new Step(start, 0));
        onPath.add(start);
        while (!path.isEmpty()) {
            Step step = path.pop();
            List<Integer> out = outbound.getOrDefault(step.alias(), List.of());
            if (step.nextEdge() == out.size()) {
                onPath.remove(step.alias());
                done.add(step.alias());
                continue;
            }
            path.push(new Step(step.alias(), step.nextEdge() + 1));
            int edge = out.get(step.nextEdge());
            String to = scope.flow().edges().get(edge).to();
            if (onPath.contains(to)) {
                scope.report(
                        Codes.DAG200,
                        "/edges/" + edge,
                        "the edges form a cycle: " + show(path, to));
                return true;
            }
            if (!done.contains(to)) {
                path.push(new Step(to, 0));
                onPath.add(to);
            }
        }
        return false;
    }

    private static String show(Deque<Step> path, String first) {
        List<String> cycle = new ArrayList<>();
        for (Step step : path) {
            cycle.add(step.alias());
            if (step.alias().equals(first)) {
                break;
            }
        }
        Collections.reverse(cycle);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(MAX_LISTED, cycle.size()); i++) {
            text.append(Names.quote(cycle.get(i))).append(" -> ");
        }
        if (cycle.size() > MAX_LISTED) {
            text.append("... (").append(cycle.size()).append(" nodes) -> ");
        }
        return text.append(Names.quote(first)).toString();
    }
}
