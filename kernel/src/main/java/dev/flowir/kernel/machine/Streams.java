package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;

/** Streams: only the capture may give one, item by item, within the demand of its consumer. */
final class Streams {

    private final Plan plan;
    private final MachineSettings settings;
    private final MachineObserver observer;
    private final Slots slots;
    private final Captures captures;
    private final Outbox out;
    private final Dataflow flow;
    private final Attempts attempts;
    private final Ending ending;

    Streams(
            Plan plan,
            MachineSettings settings,
            MachineObserver observer,
            Slots slots,
            Captures captures,
            Outbox out,
            Dataflow flow,
            Attempts attempts,
            Ending ending) {
        this.plan = plan;
        this.settings = settings;
        this.observer = observer;
        this.slots = slots;
        this.captures = captures;
        this.out = out;
        this.flow = flow;
        this.attempts = attempts;
        this.ending = ending;
    }

    /** LATE means that the body must not run. */
    Offer opened(Event.StreamOpened event) {
        int slot = attempts.current(event.ticket());
        if (slot < 0) {
            return attempts.late(event.ticket());
        }
        int node = slots.node(slot);
        if (node != plan.capture() || flow.isGathering(node)) {
            ending.disarm(slot);
            String capture = plan.node(plan.capture()).alias();
            attempts.nodeFailed(
                    slot,
                    node,
                    new InvalidStreamException(
                            "only the flow's output may stream, and that is '" + capture + "'"));
            return Offer.LATE;
        }
        if (settings.once() && captures.isDecided()) {
            observer.discarded();
            ending.disarm(slot);
            attempts.endItem(slot, Transition.SETTLE);
            return Offer.LATE;
        }
        slots.move(slot, Transition.OPEN);
        slots.counted(slot, 0);
        captures.decide();
        ending.streaming(slot);
        out.streamReady(event.ticket());
        return Offer.ACCEPTED;
    }

    Offer item(Event.StreamItem event) {
        int slot = find(event.ticket());
        if (slot < 0) {
            return attempts.late(event.ticket());
        }
        if (slots.counted(slot) == 0) {
            return Offer.FULL;
        }
        slots.counted(slot, slots.counted(slot) - 1);
        out.streamItem(event.ticket(), event.item());
        return Offer.ACCEPTED;
    }

    Offer demand(Event.StreamDemand event) {
        int slot = find(event.ticket());
        if (slot < 0) {
            return Offer.CLOSED;
        }
        int more = Math.max(0, event.items());
        slots.counted(slot, (int) Math.min(Integer.MAX_VALUE, (long) slots.counted(slot) + more));
        out.grantDemand(event.ticket(), more);
        return Offer.ACCEPTED;
    }

    Offer ended(Event.StreamEnded event) {
        int slot = find(event.ticket());
        if (slot < 0) {
            return attempts.late(event.ticket());
        }
        ending.disarm(slot);
        ending.streamClosed();
        out.streamEnded(event.ticket(), new Outcome.Finished());
        attempts.endItem(slot, Transition.END);
        return Offer.ACCEPTED;
    }

    private int find(long ticket) {
        int slot = slots.find(ticket);
        return slot >= 0 && slots.state(slot) == SlotState.STREAMING ? slot : -1;
    }
}
