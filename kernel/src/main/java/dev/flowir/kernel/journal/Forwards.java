package dev.flowir.kernel.journal;

import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.Offer;
import java.util.Optional;

/**
 * What entries do to a run that goes forwards: events of its machine, and what follows by itself.
 */
final class Forwards {

    private final PinnedFlow flow;
    private final Machine machine;
    private final Workings workings;
    private final Underway underway;
    private final Waiting waiting;
    private final Undoing undoing;
    private final int maxSteps;
    private int steps;

    Forwards(
            PinnedFlow flow,
            Machine machine,
            Workings workings,
            Underway underway,
            Undoing undoing,
            int maxSteps) {
        this.flow = flow;
        this.machine = machine;
        this.workings = workings;
        this.underway = underway;
        this.waiting = underway.waiting();
        this.undoing = undoing;
        this.maxSteps = maxSteps;
    }

    /** Steps taken so far, waits not counted. */
    int steps() {
        return steps;
    }

    // ---- entries

    boolean take(Entry entry, boolean paused) {
        long at = entry.atNanos();
        return switch (entry) {
            case Entry.Completed it ->
                    gave(it)
                            && underway.takes(it.ticket(), it.node())
                            && offer(
                                    new Event.BodyCompleted(
                                            at, it.ticket(), it.node(), it.output().object()));
            case Entry.Empty it ->
                    underway.takes(it.ticket(), it.node())
                            && offer(new Event.BodyEmpty(at, it.ticket(), it.node()));
            case Entry.Failed it ->
                    underway.takes(it.ticket(), it.node())
                            && offer(new Event.BodyFailed(at, it.ticket(), it.node(), it.error()));
            case Entry.Lost it -> {
                Step step = underway.get(it.ticket());
                yield step != null
                        && underway.takes(it.ticket(), step.node())
                        && offer(new Event.AttemptLost(at, it.ticket(), it.repeats()));
            }
            case Entry.Timer it -> !paused && timer(at, it.timer());
            case Entry.Signalled it -> waiting.keep(it);
            case Entry.Answered it -> answer(it);
            case Entry.Cancelled it -> offer(new Event.Cancel(at, it.reason()));
            case Entry.CancelledToUndo it -> offer(new Event.Cancel(at, it.reason()));
            default -> false; // a start is the first or none; pauses are the run's own
        };
    }

    private boolean gave(Entry.Completed it) {
        Step step = underway.get(it.ticket());
        if (step != null && step.node() == it.node()) {
            undoing.gave(step, it.output().object());
        }
        return step != null;
    }

    private boolean timer(long at, long timer) {
        Long wait = waiting.timers().get(timer);
        Long due = workings.timers().get(timer);
        if (wait != null && (due == null || wait <= due)) { // a wait may have a limit as well
            return at >= wait && waitOver(at, timer);
        }
        if (due == null || at < due) {
            return false;
        }
        workings.timers().remove(timer);
        return offer(new Event.TimerFired(at, timer));
    }

    private boolean waitOver(long at, long ticket) {
        Step step = underway.get(ticket);
        if (step == null) {
            return false;
        }
        Event over = waiting.over(step, at);
        underway.forget(ticket);
        return offer(over);
    }

    private boolean answer(Entry.Answered it) {
        Optional<Step> asks = waiting.asking(it.node(), underway.all(), it.atNanos());
        asks.ifPresent(step -> underway.forget(step.ticket()));
        return asks.isPresent() && offer(workings.received(asks.get(), it.answer(), it.atNanos()));
    }

    private boolean offer(Event event) {
        return machine.offer(event) == Offer.ACCEPTED;
    }

    // ---- what follows by itself

    /** Computes and delivers until only steps, timers and signals can move the run. */
    void settle(long now, boolean paused) {
        boolean moved = true;
        while (moved) {
            machine.drain(workings, Integer.MAX_VALUE);
            Step next = workings.next();
            moved = next != null || (!paused && deliver(now));
            if (next != null) {
                begin(next, now, paused);
            }
        }
    }

    private void begin(Step step, long now, boolean paused) {
        if (flow.plan().node(step.node()).inline()) {
            machine.offer(workings.compute(step, now));
            return;
        }
        underway.add(step);
        if (step.limitNanos() > 0) {
            machine.offer(new Event.BodyStarted(now, step.ticket()));
        }
        if (flow.waits(step.node()).isPresent()) {
            await(step, now);
        } else if (++steps > maxSteps) {
            String why =
                    "[" + JournalFault.STEP_LIMIT.code() + "] the run took " + maxSteps + " steps";
            fail(step, new RecordedException("StepLimit", why, false), now);
        } else if (paused) {
            underway.hold(step);
        } else {
            start(step);
        }
    }

    /** Hands a step to the driver. */
    void start(Step step) {
        undoing.began(step);
        underway.launch(step);
    }

    private void await(Step step, long now) {
        try {
            waiting.begin(step, now);
        } catch (RuntimeException thrown) { // how long is the user's to compute
            fail(step, RecordedException.of(thrown), now);
        }
    }

    private void fail(Step step, RecordedException error, long now) {
        underway.forget(step.ticket());
        machine.offer(new Event.BodyFailed(now, step.ticket(), step.node(), error));
    }

    /** Hands the signal that came first to the wait that began first; false when none meet. */
    private boolean deliver(long now) {
        Mailboxes.Meeting meeting = waiting.meet();
        if (meeting == null) {
            return false;
        }
        Step step = underway.get(meeting.ticket());
        underway.forget(meeting.ticket());
        if (step != null) {
            machine.offer(workings.received(step, meeting.payload(), now));
        }
        return true;
    }
}
