package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanEdge;

/**
 * Whether anything that is still under way can give an output. One pass over the nodes in
 * topological order: a node can give something when it is at work or when something waits for it or
 * can still arrive; a join needs that of each of its edges.
 */
final class Reach {

    private final Plan plan;
    private final Slots slots;
    private final Edges edges;
    private final Dataflow flow;
    private final boolean[] live;

    Reach(Plan plan, Slots slots, Edges edges, Dataflow flow) {
        this.plan = plan;
        this.slots = slots;
        this.edges = edges;
        this.flow = flow;
        this.live = new boolean[plan.edgeCount()];
    }

    /** True when the capture can still give an output. */
    boolean captureIsReachable() {
        for (int k = 0; k < plan.nodeCount(); k++) {
            int node = plan.ordered(k);
            int slot = slots.first(plan.head(node));
            boolean emitting =
                    slots.state(slot) == SlotState.EMITTING
                            || slots.state(slot) == SlotState.SPILLING;
            boolean fires = isAtWork(plan.head(node)) || canFire(node);
            boolean here = emitting && slots.emitter(slot) == node;
            if (node == plan.capture()) {
                return fires || (here && slots.cursor(slot) == 0);
            }
            for (int out = 0; out < plan.outCount(node); out++) {
                PlanEdge edge = plan.edge(plan.out(node, out));
                live[edge.index()] = fires || (here && isDue(slot, out, edge));
            }
        }
        return false;
    }

    private boolean isDue(int slot, int out, PlanEdge edge) {
        int cursor = slots.cursor(slot);
        if (cursor < 2) {
            return true;
        }
        return out >= cursor - 2 && (!edge.gated() || slots.chosen(slot) == edge.to());
    }

    private boolean isAtWork(int head) {
        if (flow.isGathering(head)) {
            return true;
        }
        SlotState state = slots.state(slots.first(head));
        return state != SlotState.IDLE
                && state != SlotState.EMITTING
                && state != SlotState.SPILLING;
    }

    private boolean canFire(int node) {
        if (node == plan.trigger() && edges.rootSize() > 0) {
            return true;
        }
        Windows windows = flow.windows();
        boolean all = plan.inCount(node) > 0;
        boolean any = windows != null && windows.isHolding(node);
        for (int k = 0; k < plan.inCount(node); k++) {
            int edge = plan.in(node, k);
            boolean has = edges.size(edge) > 0 || live[edge];
            any |= has;
            all &= has;
        }
        return plan.node(node).joins() ? all : any;
    }

    /** The first join that waits for something that cannot come; null when none does. */
    DeadEnd.@org.jspecify.annotations.Nullable Starved starved() {
        for (int k = 0; k < plan.nodeCount(); k++) {
            int node = plan.ordered(k);
            if (!plan.node(node).joins()) {
                continue;
            }
            int waiting = 0;
            int missing = -1;
            for (int in = 0; in < plan.inCount(node); in++) {
                int edge = plan.in(node, in);
                if (edges.size(edge) > 0) {
                    waiting++;
                } else if (!live[edge]) {
                    missing = plan.edge(edge).from();
                }
            }
            if (waiting > 0 && missing >= 0) {
                return new DeadEnd.Starved(node, missing);
            }
        }
        return null;
    }
}
