package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;

/**
 * Settles accounts: inputs that are done give their permit back, inputs that can give nothing more
 * are found and said to be so, and what waits for partners that cannot come gives way.
 */
final class Settlement {

    private final Plan plan;
    private final MachineSettings settings;
    private final MachineObserver observer;
    private final Slots slots;
    private final Inputs inputs;
    private final Edges edges;
    private final Captures captures;
    private final Dataflow flow;
    private final Ending ending;
    private final Reach reach;

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
        this.slots = slots;
        this.inputs = inputs;
        this.edges = edges;
        this.captures = captures;
        this.flow = flow;
        this.ending = ending;
        this.reach = new Reach(plan, slots, edges, flow);
    }

    /** Settles one thing; false when there was nothing to settle. */
    boolean settleOne() {
        int input = inputs.pollTouched();
        if (input < 0) {
            return (ending.isClosing() && endWhenDone()) || unblock();
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
        if (settings.once() && !captures.isDecided() && inputs.hasReason(input)) {
            if (!reach.captureIsReachable()) {
                DeadEnd starved = reach.starved();
                ending.missing(starved == null ? inputs.reason(input) : starved);
            }
        }
        if (inputs.isDone(input)) {
            finish(input);
        }
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
    }

    private boolean endWhenDone() {
        if (inputs.inUse() > 0) {
            return false;
        }
        ending.end(new Outcome.Finished(), Interruption.CANCELLED);
        return true;
    }

    /** Gives up what waits in joins for partners that cannot come any more. */
    private void dropWaiting(int input) {
        for (int node = 0; node < plan.nodeCount(); node++) {
            for (int k = 0; plan.node(node).joins() && k < plan.inCount(node); k++) {
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

    /**
     * When nothing outside will move anything on and yet outputs wait for room: what fills the
     * edges waits in joins for items that are behind it. The oldest such item gives way. False when
     * there is nothing of the kind.
     */
    private boolean unblock() {
        if (slots.busy() > 0 || ending.isEnded()) {
            return false;
        }
        for (int slot = 0; slot < slots.count(); slot++) {
            if (slots.state(slot) == SlotState.EMITTING && slots.cursors[slot] >= 2) {
                int edge = plan.out(slots.emitters[slot], slots.cursors[slot] - 2);
                int join = plan.edge(edge).to();
                if (plan.node(join).joins() && edges.isFull(edge)) {
                    int missing = flow.joins().missing(join, edges.inputAt(edge, 0));
                    flow.sender().drop(edge, 0, new DeadEnd.Starved(join, missing));
                    return true;
                }
            }
        }
        return false;
    }
}
