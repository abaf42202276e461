package dev.flowir.kernel.machine;

import dev.flowir.ir.Retriable;
import dev.flowir.ir.plan.ErrorPolicy;
import dev.flowir.ir.plan.Plan;

/** What becomes of attempts: results, failures, repeats, limits. Late ones are refused here. */
final class Attempts {

    private final Plan plan;
    private final MachineObserver observer;
    private final Slots slots;
    private final Inputs inputs;
    private final Outbox out;
    private final Dataflow flow;
    private final Ending ending;
    private long late;

    Attempts(
            Plan plan,
            MachineObserver observer,
            Slots slots,
            Inputs inputs,
            Outbox out,
            Dataflow flow,
            Ending ending) {
        this.plan = plan;
        this.observer = observer;
        this.slots = slots;
        this.inputs = inputs;
        this.out = out;
        this.flow = flow;
        this.ending = ending;
    }

    long lateResults() {
        return late;
    }

    Offer late(long ticket) {
        late++;
        observer.late(slots.nodeOf(ticket));
        return Offer.LATE;
    }

    /** The slot of an attempt whose result is awaited; -1 when {@code ticket} is late. */
    int current(long ticket) {
        int slot = slots.find(ticket);
        if (slot < 0) {
            return -1;
        }
        SlotState state = slots.state(slot);
        return state == SlotState.INVOKED || state == SlotState.RUNNING ? slot : -1;
    }

    Offer started(Event.BodyStarted event) {
        int slot = slots.find(event.ticket());
        if (slot < 0 || slots.state(slot) != SlotState.INVOKED) {
            return late(event.ticket());
        }
        slots.move(slot, Transition.START);
        long limit = flow.limitNanos(slot);
        if (limit > 0) {
            slots.timed(slot, true);
            long at = event.nowNanos() + Math.min(limit, MachineSettings.FAR_NANOS);
            out.armTimer(event.ticket(), TimerKind.ATTEMPT, at);
        }
        return Offer.ACCEPTED;
    }

    Offer completed(Event.BodyCompleted event) {
        int slot = current(event.ticket());
        if (slot < 0) {
            return late(event.ticket());
        }
        ending.disarm(slot);
        if (flow.isGathering(slots.node(slot))) {
            flow.gathered(slot, event.output());
            return Offer.ACCEPTED;
        }
        long item = itemAt(slot, event.node());
        Loops loops = flow.loops();
        if (loops != null && loops.takes(slot, event.node(), item, event.output())) {
            return Offer.ACCEPTED;
        }
        slots.move(slot, Transition.COMPLETE);
        slots.forgetPayload(slot);
        slots.give(slot, event.output());
        slots.emitter(slot, event.node());
        slots.cursor(slot, 0);
        slots.item(slot, item);
        flow.poke(slots.node(slot));
        return Offer.ACCEPTED;
    }

    /** Identity that the slot's item has at {@code node}: fused or not, it is the same. */
    private long itemAt(int slot, int node) {
        long item = slots.item(slot);
        for (int at = slots.node(slot); at != node; at = plan.next(at)) {
            item = Lineage.over(item, plan.out(at, 0));
        }
        return item;
    }

    Offer empty(Event.BodyEmpty event) {
        int slot = current(event.ticket());
        if (slot < 0) {
            return late(event.ticket());
        }
        ending.disarm(slot);
        if (!flow.isGathering(slots.node(slot))) {
            inputs.reason(slots.input(slot), new DeadEnd.NoOutput(event.node()));
        }
        endItem(slot, Transition.SETTLE);
        return Offer.ACCEPTED;
    }

    Offer failed(Event.BodyFailed event) {
        int slot = slots.find(event.ticket());
        if (slot >= 0 && slots.state(slot) == SlotState.STREAMING) {
            ending.disarm(slot);
            nodeFailed(slot, event.node(), event.error());
            return Offer.ACCEPTED;
        }
        slot = current(event.ticket());
        if (slot < 0) {
            return late(event.ticket());
        }
        ending.disarm(slot);
        Outcome outcome = new Outcome.NodeFailed(event.node(), slots.attempt(slot), event.error());
        ErrorPolicy policy = plan.node(slots.node(slot)).onError();
        attemptFailed(slot, policy, event.error(), outcome, event.nowNanos());
        return Offer.ACCEPTED;
    }

    Offer lost(Event.AttemptLost event) {
        int slot = current(event.ticket());
        if (slot < 0) {
            return late(event.ticket());
        }
        ending.disarm(slot);
        int node = slots.node(slot);
        ErrorPolicy policy = plan.node(node).onError();
        boolean retries = policy.strategy() == ErrorPolicy.Strategy.RETRY;
        int most = Math.max(retries ? policy.maxRetries() : 0, event.repeats());
        Throwable cause = new AttemptLostException(isRepeatable(slot));
        if (isRepeatable(slot) && !isLost(slot) && slots.attempt(slot) <= most) {
            repeat(slot, 0, cause, event.nowNanos());
        } else {
            nodeFailed(slot, node, cause);
        }
        return Offer.ACCEPTED;
    }

    /** The limit of an attempt passed, or the wait before one is over. */
    Offer timerFired(long timer, long now) {
        int slot = slots.find(timer);
        if (slot < 0 || !slots.isTimed(slot)) {
            return Offer.LATE;
        }
        slots.timed(slot, false);
        if (slots.state(slot) == SlotState.BACKOFF) {
            slots.move(slot, Transition.RETRY);
            flow.invoke(slot);
            return Offer.ACCEPTED;
        }
        if (slots.state(slot) == SlotState.PACED) {
            slots.move(slot, Transition.ADMIT);
            flow.ask(slot);
            return Offer.ACCEPTED;
        }
        int node = slots.node(slot);
        long limit = flow.limitNanos(slot);
        Outcome timedOut =
                new Outcome.TimedOut(
                        node,
                        slots.edge(slot),
                        slots.item(slot),
                        slots.attempt(slot),
                        limit,
                        timer);
        out.interrupt(timer, node, Interruption.TIMED_OUT);
        if (slots.state(slot) == SlotState.STREAMING) {
            fatal(slot, timedOut);
        } else {
            ErrorPolicy policy = plan.node(node).onTimeout();
            attemptFailed(slot, policy, new AttemptTimeoutException(limit), timedOut, now);
        }
        return Offer.ACCEPTED;
    }

    private void attemptFailed(
            int slot, ErrorPolicy policy, Throwable cause, Outcome outcome, long now) {
        if (policy.strategy() == ErrorPolicy.Strategy.RETRY
                && isRepeatable(slot)
                && isRetriable(cause)
                && !isLost(slot)
                && slots.attempt(slot) <= policy.maxRetries()) {
            repeat(slot, policy.backoffNanos(slots.attempt(slot), slots.item(slot)), cause, now);
        } else {
            spent(slot, policy, cause, outcome);
        }
    }

    /** What becomes of an item for which no attempt is left. */
    private void spent(int slot, ErrorPolicy policy, Throwable cause, Outcome outcome) {
        if (policy.letters() != ErrorPolicy.NOWHERE && !isLost(slot)) {
            divert(slot, policy.letters(), cause);
        } else if (policy.strategy() != ErrorPolicy.Strategy.CANCEL
                && !isLost(slot)
                && flow.isGathering(slots.node(slot))
                && flow.toleratesFailures(slots.node(slot))) {
            without(slot, cause);
        } else if (policy.strategy() == ErrorPolicy.Strategy.CONTINUE) {
            passOver(slot, slots.node(slot), cause);
        } else {
            fatal(slot, outcome);
        }
    }

    /** A list goes on without one of its items, or with what stands for it. */
    private void without(int slot, Throwable cause) {
        int node = slots.node(slot);
        observer.itemFailed(node, slots.counted(slot), cause);
        try {
            flow.itemFailed(slot, cause);
        } catch (Throwable thrown) { // what stands for an item is the user's code
            fatal(slot, new Outcome.NodeFailed(node, slots.attempt(slot), thrown));
        }
    }

    /** Sends on what the body got in place of what it did not give: over one edge, of the last. */
    private void divert(int slot, int to, Throwable cause) {
        int node = slots.node(slot);
        inputs.reason(slots.input(slot), new DeadEnd.Diverted(node, to, cause));
        flow.sender().divert(slot, to);
        left(node);
    }

    /** Whether what crossed the slot's edge may be worked on more than once. */
    private boolean isRepeatable(int slot) {
        int edge = slots.edge(slot);
        return edge < 0 || !plan.edge(edge).atMostOnce();
    }

    private boolean isLost(int slot) {
        Races races = flow.races();
        return races != null && races.isLost(slots.node(slot), slots.input(slot));
    }

    private static boolean isRetriable(Throwable cause) {
        return !(cause instanceof Retriable says) || says.isRetriable();
    }

    private void repeat(int slot, long backoff, Throwable cause, long now) {
        observer.retrying(slots.node(slot), slots.attempt(slot), backoff, cause);
        slots.move(slot, Transition.BACK_OFF);
        if (backoff == 0) {
            slots.move(slot, Transition.RETRY);
            flow.invoke(slot);
            return;
        }
        slots.timed(slot, true);
        long at = now + Math.min(backoff, MachineSettings.FAR_NANOS);
        out.armTimer(slots.issue(slot), TimerKind.BACKOFF, at);
    }

    /** A failure of a node that no repeat can help. */
    void nodeFailed(int slot, int node, Throwable cause) {
        ErrorPolicy policy = plan.node(slots.node(slot)).onError();
        Outcome outcome = new Outcome.NodeFailed(node, slots.attempt(slot), cause);
        SlotState state = slots.state(slot);
        boolean hasLetters = policy.letters() != ErrorPolicy.NOWHERE;
        if (state == SlotState.STREAMING || (state == SlotState.EMITTING && hasLetters)) {
            fatal(slot, outcome); // what the body got is gone
        } else {
            spent(slot, policy, cause, outcome);
        }
    }

    private void passOver(int slot, int node, Throwable cause) {
        if (!flow.isGathering(slots.node(slot))) {
            inputs.reason(slots.input(slot), new DeadEnd.Failed(node, cause));
        } else {
            observer.itemFailed(node, slots.counted(slot), cause);
        }
        boolean emitting = slots.state(slot) == SlotState.EMITTING;
        endItem(slot, emitting ? Transition.REJECT : Transition.SETTLE);
    }

    /** A failure that nothing handles: of the run, or aside when its result was given before. */
    void fatal(int slot, Outcome outcome) {
        boolean aside = ending.isSettled();
        int node = slots.node(slot);
        int input = slots.input(slot);
        if (slots.state(slot) == SlotState.STREAMING) {
            ending.streamClosed();
            out.streamEnded(slots.ticket(slot), outcome);
        } else if (slots.state(slot) == SlotState.LOADING) {
            flow.forgetLoads(slot);
        }
        slots.move(slot, Transition.GIVE_UP);
        slots.clear(slot);
        Races races = flow.races();
        boolean raced = races != null && races.takes(node, input, outcome);
        if (!raced && !aside) {
            ending.end(outcome, Interruption.RUN_FAILED);
            return;
        }
        if (!raced) {
            out.sideFailed(outcome);
        }
        if (flow.isGathering(node)) {
            for (int s = slots.first(node); s < slots.first(node) + plan.node(node).width(); s++) {
                ending.giveUp(s, outcome, raced ? Interruption.LOST_RACE : Interruption.RUN_FAILED);
            }
            flow.abandonGather(node);
        } else {
            inputs.end(input);
            flow.poke(node);
        }
        left(node);
    }

    private void left(int node) {
        Loops loops = flow.loops();
        if (loops != null) {
            loops.left(node);
        }
    }

    /** The item of {@code slot} ends here; whatever caused that is recorded already. */
    void endItem(int slot, Transition how) {
        int node = slots.node(slot);
        if (flow.isGathering(node)) {
            flow.gathered(slot, null);
            return;
        }
        int input = slots.input(slot);
        slots.move(slot, how);
        slots.clear(slot);
        inputs.end(input);
        flow.poke(node);
        left(node);
    }
}
