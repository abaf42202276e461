package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;

/**
 * Finds the items that a joining node waits for: one per inbound edge, all of one input, or the
 * first of each where they meet by position.
 */
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
        if (plan.node(node).zips()) {
            return hasFirsts(node) ? edges.inputAt(first, 0) : -1;
        }
        for (int i = 0; i < edges.size(first); i++) {
            int input = edges.inputAt(first, i);
            if (isReady(node, input)) {
                return input;
            }
        }
        return -1;
    }

    private boolean hasFirsts(int node) {
        for (int k = 0; k < plan.inCount(node); k++) {
            if (edges.size(plan.in(node, k)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Which item of {@code edge} meets those of {@code input} that wait for {@code node}. */
    int index(int node, int edge, int input) {
        return plan.node(node).zips() ? 0 : edges.find(edge, input);
    }

    private boolean isReady(int node, int input) {
        if (plan.node(node).zips()) {
            return hasFirsts(node);
        }
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
            boolean waits =
                    plan.node(node).zips() ? edges.size(edge) > 0 : edges.find(edge, input) >= 0;
            if (!waits) {
                return plan.edge(edge).from();
            }
        }
        return -1;
    }
}
