package dev.flowir.kernel.machine;

/** How a run comes to its end, and what it owes the caller until then. */
final class Ending {

    private enum Phase {
        OPEN,
        CLOSING,
        ENDED
    }

    private static final int NO_SLOT = -1;

    private final MachineSettings settings;
    private final MachineObserver observer;
    private final Slots slots;
    private final Edges edges;
    private final Captures captures;
    private final Outbox out;
    private final Dataflow flow;
    private Phase phase = Phase.OPEN;
    private boolean deadlineArmed;
    private int streaming = NO_SLOT;

    Ending(
            MachineSettings settings,
            MachineObserver observer,
            Slots slots,
            Edges edges,
            Captures captures,
            Outbox out,
            Dataflow flow) {
        this.settings = settings;
        this.observer = observer;
        this.slots = slots;
        this.edges = edges;
        this.captures = captures;
        this.out = out;
        this.flow = flow;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    boolean isClosing() {
        return phase == Phase.CLOSING;
    }

    boolean isEnded() {
        return phase == Phase.ENDED;
    }

    /** No further inputs. */
    void close() {
        phase = Phase.CLOSING;
    }

    /** Arms the deadline at the first input. */
    void armDeadline(long now) {
        if (settings.deadlineNanos() > 0 && !deadlineArmed) {
            deadlineArmed = true;
            out.armTimer(
                    Machine.DEADLINE_TIMER, TimerKind.DEADLINE, now + settings.deadlineNanos());
        }
    }

    void deadlinePassed() {
        deadlineArmed = false;
        end(new Outcome.DeadlineExceeded(settings.deadlineNanos()), Interruption.DEADLINE);
    }

    void disarm(int slot) {
        if (slots.isTimed(slot)) {
            slots.timed(slot, false);
            out.cancelTimer(slots.ticket(slot));
        }
    }

    void streaming(int slot) {
        streaming = slot;
    }

    void streamClosed() {
        streaming = NO_SLOT;
    }

    /** True when the result is given and final, so that a failure can only be one on the side. */
    boolean isSettled() {
        return settings.once() && captures.isDecided() && streaming == NO_SLOT;
    }

    /** The result is that there is none; what is under way goes on. */
    void missing(DeadEnd why) {
        captures.decide();
        observer.deadEnd(why);
        out.failed(new Outcome.MissingOutput(why));
    }

    /** Ends the run now: what is under way is given up. */
    void end(Outcome outcome, Interruption why) {
        for (int slot = 0; slot < slots.count(); slot++) {
            giveUp(slot, outcome, why);
        }
        edges.clear(out);
        flow.stop();
        if (deadlineArmed) {
            out.cancelTimer(Machine.DEADLINE_TIMER);
        }
        phase = Phase.ENDED;
        if (isTold(outcome)) {
            out.failed(outcome);
        }
        captures.decide();
        out.ended(outcome);
    }

    /** Whether the caller must hear of it: what a run was given stays given. */
    private boolean isTold(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Finished ignored -> false;
            case Outcome.Cancelled ignored -> settings.once() && !captures.isDecided();
            default -> !settings.once() || !captures.isDecided();
        };
    }

    void giveUp(int slot, Outcome outcome, Interruption why) {
        SlotState state = slots.state(slot);
        if (state == SlotState.IDLE) {
            return;
        }
        long ticket = slots.ticket(slot);
        int node = slots.node(slot);
        disarm(slot);
        switch (state) {
            case INVOKED, RUNNING -> out.interrupt(ticket, node, why);
            case STREAMING -> {
                out.interrupt(ticket, node, why);
                out.streamEnded(ticket, outcome);
                streaming = NO_SLOT;
            }
            case LOADING -> flow.forgetLoads(slot);
            default -> {} // nothing runs outside for it
        }
        slots.move(slot, Transition.GIVE_UP);
        slots.clear(slot);
    }
}
