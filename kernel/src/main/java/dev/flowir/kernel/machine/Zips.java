package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanFeatures;

/**
 * Joins by position for which nothing comes any more. While inputs may come that is not known; when
 * none may, what waits has no partner and goes nowhere, and when none can, because all that may be
 * outstanding waits, the run is stalled and says so.
 */
final class Zips {

    private final Plan plan;
    private final Slots slots;
    private final Inputs inputs;
    private final Edges edges;
    private final Captures captures;
    private final Dataflow flow;
    private final Ending ending;

    Zips(
            Plan plan,
            Slots slots,
            Inputs inputs,
            Edges edges,
            Captures captures,
            Dataflow flow,
            Ending ending) {
        this.plan = plan;
        this.slots = slots;
        this.inputs = inputs;
        this.edges = edges;
        this.captures = captures;
        this.flow = flow;
        this.ending = ending;
    }

    /** Does something about one of them; false when there is nothing to do. Nothing else moves. */
    @OnlyWith(PlanFeatures.ZIPS)
    boolean settleOne() {
        if (slots.busy() > 0 || captures.size() > 0) {
            return false;
        }
        Windows windows = flow.windows();
        for (int k = 0; k < plan.nodeCount(); k++) {
            int node = plan.ordered(k);
            int edge = plan.node(node).zips() ? waiting(node) : -1;
            if (edge >= 0 && ending.isClosing()) {
                if (windows == null || !windows.finishNext()) { // they may be what it waits for
                    cut(node);
                }
                return true;
            }
            if (edge >= 0 && isShut() && (windows == null || !windows.awaitsClock())) {
                int missing = flow.joins().missing(node, edges.inputAt(edge, 0));
                ending.end(new Outcome.Stalled(node, edge, missing), Interruption.RUN_FAILED);
                return true;
            }
        }
        return false;
    }

    /** No further input can be sent. */
    private boolean isShut() {
        return inputs.isFull() || edges.rootSize() == MachineSettings.ROOT_CAPACITY;
    }

    /** An edge on which something waits for {@code node}; -1 for none. */
    private int waiting(int node) {
        for (int in = 0; in < plan.inCount(node); in++) {
            if (edges.size(plan.in(node, in)) > 0) {
                return plan.in(node, in);
            }
        }
        return -1;
    }

    private void cut(int node) {
        for (int in = 0; in < plan.inCount(node); in++) {
            int edge = plan.in(node, in);
            while (edges.size(edge) > 0) {
                int missing = flow.joins().missing(node, edges.inputAt(edge, 0));
                flow.sender().drop(edge, 0, new DeadEnd.Starved(node, missing));
            }
        }
    }
}
