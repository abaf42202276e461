package dev.flowir.kernel.journal;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One durable run as a function of its entries: nothing in here looks at a clock, a store or a
 * thread. An entry goes in, the steps that it leads to come out; bodies that only compute run in
 * between, in the same order every time. Live runs, recovery and the check of old histories all use
 * it. Belongs to one thread at a time.
 */
public final class RunCore {

    /** Signals that may wait to be asked for. */
    public static final int MAX_BUFFERED_SIGNALS = 1000;

    private final PinnedFlow flow;
    private final RunWatch watch;
    private final Workings workings;
    private final Underway underway;
    private final Undoing undoing;
    private final Backwards backwards;
    private @Nullable Machine machine;
    private @Nullable Forwards forwards;
    private long lastNanos;
    private long pausedNanos;
    private boolean paused;
    private long parent;
    private boolean undoes;

    /**
     * A run without any entry.
     *
     * @param flow what it runs
     * @param runId the run
     * @param watch watches what it does, {@link RunWatch#NONE} for nobody
     */
    public RunCore(PinnedFlow flow, String runId, RunWatch watch) {
        this.flow = flow;
        this.watch = watch;
        this.workings = new Workings(flow, runId, watch);
        this.underway = new Underway(flow);
        this.undoing = new Undoing(flow);
        this.backwards = new Backwards(underway, undoing);
    }

    // ---- entries

    /**
     * Applies one entry.
     *
     * @param entry what happened
     * @return what it led to
     */
    public Turn apply(Entry entry) {
        underway.begin();
        if (!take(entry)) {
            return Turn.REFUSED;
        }
        lastNanos = entry.atNanos();
        forwards().settle(lastNanos, paused);
        List<Long> interrupted = workings.takeInterrupted();
        for (long ticket : interrupted) {
            underway.waiting().giveUp(ticket);
            underway.forget(ticket);
        }
        if (machine().isEnded()) {
            end();
        }
        return underway.turn(interrupted);
    }

    /** The machine has ended: what it did is undone, when it is to be. */
    private void end() {
        if (workings.end()) {
            underway.clear();
            boolean failed =
                    workings.failure()
                            .filter(it -> undoes || !(it instanceof Outcome.Cancelled))
                            .isPresent();
            if (failed) {
                undoing.start();
            } else {
                undoing.forget();
            }
        }
        backwards.proceed(lastNanos, paused);
    }

    private boolean take(Entry entry) {
        Machine running = machine;
        if (entry instanceof Entry.Started started) {
            return running == null && start(started);
        }
        if (running == null || isEnded() || entry.atNanos() < lastNanos) {
            return false;
        }
        return switch (entry) {
            case Entry.Paused ignored -> pause();
            case Entry.Resumed it -> resume(it);
            default -> running.isEnded() ? backwards.take(entry, paused) : forwards(entry);
        };
    }

    private boolean forwards(Entry entry) {
        undoes |= entry instanceof Entry.CancelledToUndo;
        return forwards().take(entry, paused);
    }

    private boolean start(Entry.Started started) {
        MachineSettings settings = MachineSettings.forOnce().within(started.deadlineNanos());
        Machine made = new Machine(flow.plan(), settings, watch);
        machine = made;
        forwards = new Forwards(flow, made, workings, underway, undoing, started.maxSteps());
        parent = started.parent();
        lastNanos = started.atNanos();
        made.offer(new Event.InputSent(started.atNanos(), started.input().object()));
        return true;
    }

    private boolean pause() {
        boolean first = !paused;
        paused = true;
        return first;
    }

    private boolean resume(Entry.Resumed entry) {
        if (!paused) {
            return false;
        }
        paused = false;
        pausedNanos += entry.pausedNanos();
        for (Step step : underway.release()) {
            if (undoing.isActive()) {
                backwards.start(step, lastNanos);
            } else {
                forwards().start(step);
            }
        }
        return true;
    }

    // ---- what a driver asks

    /** {@return the flow that it runs} */
    public PinnedFlow flow() {
        return flow;
    }

    /** {@return true when it is over} */
    public boolean isEnded() {
        return machine != null && machine.isEnded() && !undoing.isActive();
    }

    /** {@return true while it has failed and undoes what it did} */
    public boolean isUndoing() {
        return undoing.isActive();
    }

    /** {@return what became of what it had to undo; empty when there was nothing} */
    public Optional<Undone> undone() {
        return undoing.result();
    }

    /** {@return true while it is paused} */
    public boolean isPaused() {
        return paused;
    }

    /** {@return time of the last entry, on the run's clock} */
    public long lastNanos() {
        return lastNanos;
    }

    /** {@return for how long it was paused so far: what its clock is behind the world's} */
    public long pausedNanos() {
        return pausedNanos;
    }

    /** {@return steps taken so far, waits not counted} */
    public int steps() {
        return forwards == null ? 0 : forwards.steps();
    }

    /**
     * {@return the step under way with this ticket; empty when it is over}
     *
     * @param ticket the attempt
     */
    public Optional<Step> step(long ticket) {
        return underway.step(ticket);
    }

    /** {@return steps that some process works on, or did when it was last heard of} */
    public List<Step> inFlight() {
        return underway.inFlight();
    }

    /** {@return number of the run that began it; 0 when none did} */
    public long parent() {
        return parent;
    }

    /** {@return steps that other runs do; when it has ended, those that they were doing} */
    public List<Step> children() {
        return isEnded() ? underway.waiting().left() : underway.waiting().children();
    }

    /** {@return nodes that wait, in the order in which they began to} */
    public List<Awaited> waiting() {
        return underway.waiting().list(underway.all());
    }

    private Map<Long, Long> timers() {
        return undoing.isActive() ? undoing.timers() : workings.timers();
    }

    /** {@return the timer that is due first; empty when there is none} */
    public OptionalLong nextDueNanos() {
        return Timers.first(underway.waiting().timers(), timers());
    }

    /**
     * {@return timers that are due, the earliest first}
     *
     * @param nowNanos now, on the run's clock
     */
    public List<Long> due(long nowNanos) {
        return Timers.due(nowNanos, underway.waiting().timers(), timers());
    }

    /** {@return the output; empty when there is none yet, or none at all} */
    public Optional<Object> output() {
        return workings.output();
    }

    /** {@return why there is no output; empty while it may still come} */
    public Optional<Failure> failure() {
        return workings.failure().flatMap(flow::failure);
    }

    private Machine machine() {
        Machine running = machine;
        if (running == null) {
            throw new IllegalStateException("the run has not begun");
        }
        return running;
    }

    private Forwards forwards() {
        Forwards begun = forwards;
        if (begun == null) {
            throw new IllegalStateException("the run has not begun");
        }
        return begun;
    }
}
