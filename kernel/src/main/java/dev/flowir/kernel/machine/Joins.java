package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;

/** Finds the items that a joining node waits for: one per inbound edge, all of one input. */
final class Joins {

    private final Plan plan;
    private final Edges edges;

    Joins(Plan plan, Edges edges) {
        this.plan = plan;
        this.edges = edges;
    }

    /** An input whose items are all there, the first edge's order first; -1 when there is none. */
    int ready(int node) {
        int first = plan.in(node, 0);
        for (int i = 0; i < edges.size(first); i++) {
            int input = edges.inputAt(first, i);
            if (isReady(node, input)) {
                return input;
            }
        }
        return -1;
    }

    private boolean isReady(int node, int input) {
        for (int k = 0; k < plan.inCount(node); k++) {
            if (edges.find(plan.in(node, k), input) < 0) {
                return false;
            }
        }
        return true;
    }

    /** True when some join has all that it needs from {@code input} and is only busy. */
    boolean anyReady(int input) {
        for (int node = 0; node < plan.nodeCount(); node++) {
            if (plan.node(node).joins() && isReady(node, input)) {
                return true;
            }
        }
        return false;
    }

    /** The source of an edge into {@code node} on which nothing of {@code input} waits; else -1. */
    int missing(int node, int input) {
        for (int k = 0; k < plan.inCount(node); k++) {
            int edge = plan.in(node, k);
            if (edges.find(edge, input) < 0) {
                return plan.edge(edge).from();
            }
        }
        return -1;
    }
}
