package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * Settles accounts: inputs that are done give their permit back, inputs that can give nothing more
 * are found and said to be so, and what waits for partners that cannot come is given up.
 */
final class Settlement {

    private final Plan plan;
    private final MachineSettings settings;
    private final MachineObserver observer;
    private final Inputs inputs;
    private final Edges edges;
    private final Captures captures;
    private final Dataflow flow;
    private final Ending ending;
    private final Slots slots;

    /** Made when an item first ends early: most runs never ask. */
    private @Nullable Reach reach;

    Settlement(
            Plan plan,
            MachineSettings settings,
            MachineObserver observer,
            Slots slots,
            Inputs inputs,
            Edges edges,
            Captures captures,
            Dataflow flow,
            Ending ending) {
        this.plan = plan;
        this.settings = settings;
        this.observer = observer;
        this.inputs = inputs;
        this.edges = edges;
        this.captures = captures;
        this.flow = flow;
        this.ending = ending;
        this.slots = slots;
    }

    /** Settles one thing; false when there was nothing to settle. */
    boolean settleOne() {
        int input = inputs.pollTouched();
        if (input < 0) {
            Zips zips = flow.zips();
            return (zips != null && zips.settleOne()) || (ending.isClosing() && endWhenDone());
        }
        if (inputs.isUsed(input)) {
            settle(input);
        }
        return true;
    }

    private void settle(int input) {
        if (inputs.active(input) == 0 && inputs.waiting(input) > 0) {
            if (flow.joins().anyReady(input)) {
                return;
            }
            dropWaiting(input);
        }
        Races races = flow.races();
        if (races != null) {
            races.settle(input);
            if (ending.isEnded()) {
                return;
            }
        }
        if (settings.once() && !captures.isDecided() && inputs.hasReason(input)) {
            Reach left = reach();
            if (!left.captureIsReachable()) {
                DeadEnd starved = left.starved();
                ending.missing(starved == null ? inputs.reason(input) : starved);
            }
        }
        if (inputs.isDone(input)) {
            finish(input);
        }
    }

    private Reach reach() {
        if (reach == null) {
            reach = new Reach(plan, slots, edges, flow);
        }
        return reach;
    }

    private void finish(int input) {
        if (!inputs.wasAnswered(input) && !captures.isDecided()) {
            if (settings.once()) {
                ending.missing(inputs.reason(input));
            } else {
                observer.deadEnd(inputs.reason(input));
            }
        }
        inputs.free(input);
        Windows windows = flow.windows();
        if (windows != null) {
            windows.placeFreed();
        }
    }

    private boolean endWhenDone() {
        if (inputs.inUse() > 0) {
            return false;
        }
        Windows windows = flow.windows();
        if (windows != null && windows.finishNext()) {
            return true;
        }
        ending.end(new Outcome.Finished(), Interruption.CANCELLED);
        return true;
    }

    /** Gives up what waits in joins for partners that cannot come any more. */
    private void dropWaiting(int input) {
        for (int node = 0; node < plan.nodeCount(); node++) {
            boolean waits = plan.node(node).joins() && !plan.node(node).zips();
            for (int k = 0; waits && k < plan.inCount(node); k++) {
                int edge = plan.in(node, k);
                int index = edges.find(edge, input);
                while (index >= 0) {
                    int missing = flow.joins().missing(node, input);
                    flow.sender().drop(edge, index, new DeadEnd.Starved(node, missing));
                    index = edges.find(edge, input);
                }
            }
        }
    }
}
