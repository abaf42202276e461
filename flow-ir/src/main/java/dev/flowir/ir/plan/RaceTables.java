package dev.flowir.ir.plan;

import dev.flowir.ir.FanIn;
import dev.flowir.ir.NodeDefinition;
import java.util.ArrayList;
import java.util.List;

/** Which nodes run for which race: those that lead there and nowhere else. */
final class RaceTables {

    private final PlanEdge[] edges;
    private final int[][] outs;
    private final int[] order;
    private final FailureTables failures;
    private final int capture;

    RaceTables(PlanEdge[] edges, int[][] outs, int[] order, FailureTables failures, int capture) {
        this.edges = edges;
        this.outs = outs;
        this.order = order;
        this.failures = failures;
        this.capture = capture;
    }

    Race[] of(List<NodeDefinition> nodes) {
        List<Race> races = new ArrayList<>();
        for (int n = 0; n < nodes.size(); n++) {
            if (nodes.get(n).fanIn().orElse(null) instanceof FanIn.Race how) {
                races.add(race(n, how));
            }
        }
        return Race.numbered(races);
    }

    private Race race(int goal, FanIn.Race how) {
        boolean[] contains = new boolean[outs.length];
        boolean[] reaches = new boolean[outs.length];
        reaches[goal] = true;
        for (int k = order.length - 1; k >= 0; k--) {
            int node = order[k];
            int ways = 0;
            int inside = 0;
            for (int edge : outs[node]) {
                int to = edges[edge].to();
                reaches[node] |= reaches[to];
                if (!failures.isLetter(edge)) { // what failed is out of the race
                    ways++;
                    inside += to == goal || contains[to] ? 1 : 0;
                }
            }
            contains[node] = node != goal && node != capture && ways > 0 && inside == ways;
        }
        return new Race(0, goal, how.losers(), contains, reaches);
    }
}
