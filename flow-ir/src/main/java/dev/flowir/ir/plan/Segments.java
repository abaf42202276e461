package dev.flowir.ir.plan;

import java.util.Arrays;

/**
 * Fused chains of inline nodes.
 *
 * @param head first node of each node's segment
 * @param next following node within the segment, -1 for none
 * @param tail last node of the segment, by head
 */
@SuppressWarnings("ArrayRecordComponent") // three arrays handed once to the plan
record Segments(int[] head, int[] next, int[] tail) {

    /** No two nodes together. */
    static Segments single(int nodes) {
        int[] self = new int[nodes];
        int[] none = new int[nodes];
        Arrays.setAll(self, i -> i);
        Arrays.fill(none, -1);
        return new Segments(self, none, self.clone());
    }

    /** Fuses along every edge that allows it. */
    static Segments fuse(
            PlanNode[] nodes,
            PlanEdge[] edges,
            int[][] ins,
            int[][] outs,
            int[] order,
            int capture,
            Loop[] loops,
            Windowing[] windows) {
        Segments segments = single(nodes.length);
        boolean[] begins = new boolean[nodes.length];
        boolean[] ends = new boolean[nodes.length];
        for (Loop loop : loops) {
            begins[loop.entry()] = true;
            ends[loop.exit()] = true;
        }
        for (PlanNode node : nodes) {
            begins[node.index()] |= node.rate().isPresent();
        }
        for (Windowing window : windows) {
            begins[window.node()] = true;
        }
        for (int node : order) {
            segments.tail[segments.head[node]] = node;
            if (node == capture || ends[node] || outs[node].length != 1 || !plain(nodes[node])) {
                continue;
            }
            PlanEdge edge = edges[outs[node][0]];
            PlanNode target = nodes[edge.to()];
            boolean fits =
                    ins[target.index()].length == 1
                            && !edge.gated()
                            && !edge.perItem()
                            && edge.timeoutMillis() == 0
                            && edge.spill().isEmpty()
                            && edge.drop() == Drop.NEVER
                            && edge.sharding().isEmpty()
                            && !target.joins()
                            && !begins[target.index()]
                            && target.perItem().isEmpty()
                            && target.inline()
                            && target.onError().equals(ErrorPolicy.FAIL);
            if (fits) {
                segments.next[node] = target.index();
                segments.head[target.index()] = segments.head[node];
            }
        }
        return segments;
    }

    private static boolean plain(PlanNode node) {
        return node.inline()
                && node.route().isEmpty()
                && node.perItem().isEmpty()
                && node.onError().equals(ErrorPolicy.FAIL);
    }
}
