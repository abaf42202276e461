package dev.flowir.kernel.journal;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Offer;
import dev.flowir.kernel.machine.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private final Map<Long, Step> pending = new LinkedHashMap<>();
    private final Map<Long, Issued> held = new LinkedHashMap<>();
    private final Waiting waiting;
    private final Undoing undoing;
    private @Nullable Machine machine;
    private long lastNanos;
    private long pausedNanos;
    private boolean paused;
    private int maxSteps;
    private long parent;
    private int steps;
    private boolean undoes;
    private List<Long> outOfTime = new ArrayList<>();
    private List<Issued> issued = new ArrayList<>();
    private List<Issued> launch = new ArrayList<>();

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
        this.waiting = new Waiting(flow);
        this.undoing = new Undoing(flow);
    }

    // ---- entries

    /**
     * Applies one entry.
     *
     * @param entry what happened
     * @return what it led to
     */
    public Turn apply(Entry entry) {
        issued = new ArrayList<>();
        launch = new ArrayList<>();
        outOfTime = new ArrayList<>();
        if (!take(entry)) {
            return Turn.REFUSED;
        }
        lastNanos = entry.atNanos();
        settle();
        List<Long> interrupted = workings.takeInterrupted();
        for (long ticket : interrupted) {
            waiting.giveUp(ticket);
            forget(ticket);
        }
        interrupted.addAll(outOfTime);
        launch.removeIf(step -> !pending.containsKey(step.ticket()));
        if (machine().isEnded()) {
            end();
        }
        return new Turn(true, issued, launch, interrupted);
    }

    /** The machine has ended: what it did is undone, when it is to be. */
    private void end() {
        if (workings.end()) {
            pending.clear();
            held.clear();
            waiting.clear();
            launch.clear();
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
        Step step = undoing.isActive() ? undoing.next() : null;
        if (step != null) {
            issued.add(step.issued());
            pending.put(step.ticket(), step);
            start(step);
        }
    }

    /** Hands a step to the driver, now or when the pause is over. */
    private void start(Step step) {
        if (paused) {
            held.put(step.ticket(), step.issued());
        } else if (undoing.isActive()) {
            undoing.launched(step, lastNanos);
            launch.add(step.issued());
        } else {
            undoing.began(step);
            launch.add(step.issued());
        }
    }

    private boolean take(Entry entry) {
        Machine running = machine;
        if (entry instanceof Entry.Started started) {
            return running == null && start(started);
        }
        if (running == null || isEnded() || entry.atNanos() < lastNanos) {
            return false;
        }
        return running.isEnded() ? takeUndoing(entry) : takeRunning(entry);
    }

    private boolean takeUndoing(Entry entry) {
        long at = entry.atNanos();
        return switch (entry) {
            case Entry.Completed it -> takesStep(it.ticket(), it.node()) && undoing.succeeded();
            case Entry.Empty it -> takesStep(it.ticket(), it.node()) && undoing.succeeded();
            case Entry.Failed it ->
                    takesStep(it.ticket(), it.node()) && undoing.failed(it.error(), at);
            case Entry.Lost it -> {
                Step step = pending.get(it.ticket());
                yield step != null
                        && takesStep(it.ticket(), step.node())
                        && undoing.lost(it.repeats());
            }
            case Entry.Timer it -> undoTimer(at, it.timer());
            case Entry.Paused ignored -> pause();
            case Entry.Resumed it -> resume(it);
            case Entry.Cancelled it -> {
                outOfTime.addAll(pending.keySet());
                pending.clear();
                held.clear();
                yield undoing.stop("ended from outside: " + it.reason());
            }
            default -> false;
        };
    }

    private boolean undoTimer(long at, long timer) {
        Long due = undoing.timers().get(timer);
        if (paused || due == null || at < due) {
            return false;
        }
        Step late = pending.get(timer);
        if (late == null) {
            return undoing.wakes(timer);
        }
        forget(timer);
        outOfTime.add(timer);
        String why = "the attempt took longer than " + late.limitNanos() / 1_000_000 + " ms";
        return undoing.failed(new RecordedException("AttemptTimeout", why, true), at);
    }

    private boolean takeRunning(Entry entry) {
        long at = entry.atNanos();
        return switch (entry) {
            case Entry.Started ignored -> false;
            case Entry.Completed it ->
                    gave(it)
                            && takesStep(it.ticket(), it.node())
                            && offer(
                                    new Event.BodyCompleted(
                                            at, it.ticket(), it.node(), it.output().object()));
            case Entry.Empty it ->
                    takesStep(it.ticket(), it.node())
                            && offer(new Event.BodyEmpty(at, it.ticket(), it.node()));
            case Entry.Failed it ->
                    takesStep(it.ticket(), it.node())
                            && offer(new Event.BodyFailed(at, it.ticket(), it.node(), it.error()));
            case Entry.Lost it -> {
                Step step = pending.get(it.ticket());
                yield step != null
                        && takesStep(it.ticket(), step.node())
                        && offer(new Event.AttemptLost(at, it.ticket(), it.repeats()));
            }
            case Entry.Timer it -> timer(at, it.timer());
            case Entry.Signalled it -> waiting.keep(it);
            case Entry.Answered it -> answer(it);
            case Entry.Paused ignored -> pause();
            case Entry.Resumed it -> resume(it);
            case Entry.Cancelled it -> offer(new Event.Cancel(at, it.reason()));
            case Entry.CancelledToUndo it -> {
                undoes = true;
                yield offer(new Event.Cancel(at, it.reason()));
            }
        };
    }

    private boolean start(Entry.Started started) {
        MachineSettings settings = MachineSettings.forOnce().within(started.deadlineNanos());
        Machine made = new Machine(flow.plan(), settings, watch);
        machine = made;
        maxSteps = started.maxSteps();
        parent = started.parent();
        lastNanos = started.atNanos();
        made.offer(new Event.InputSent(started.atNanos(), started.input().object()));
        return true;
    }

    private boolean gave(Entry.Completed it) {
        Step step = pending.get(it.ticket());
        if (step != null && step.node() == it.node()) {
            undoing.gave(step, it.output().object());
        }
        return step != null;
    }

    /** True when the attempt is awaited; it is not from now on. */
    private boolean takesStep(long ticket, int node) {
        Step step = pending.get(ticket);
        if (step == null
                || step.node() != node
                || (waiting.contains(ticket) && !waiting.isChild(ticket))) {
            return false;
        }
        forget(ticket);
        return true;
    }

    private void forget(long ticket) {
        pending.remove(ticket);
        held.remove(ticket);
        waiting.forget(ticket);
    }

    private boolean timer(long at, long timer) {
        if (paused) {
            return false;
        }
        Long wait = waiting.timers().get(timer);
        if (wait != null) {
            return at >= wait && waitOver(at, timer);
        }
        Long due = workings.timers().get(timer);
        if (due == null || at < due) {
            return false;
        }
        workings.timers().remove(timer);
        return offer(new Event.TimerFired(at, timer));
    }

    private boolean waitOver(long at, long ticket) {
        Step step = pending.get(ticket);
        if (step == null) {
            return false;
        }
        Event over = waiting.over(step, at);
        forget(ticket);
        return offer(over);
    }

    private boolean answer(Entry.Answered it) {
        Optional<Step> asks = waiting.asking(it.node(), pending, it.atNanos());
        asks.ifPresent(step -> forget(step.ticket()));
        return asks.isPresent() && offer(workings.received(asks.get(), it.answer(), it.atNanos()));
    }

    private boolean pause() {
        if (paused) {
            return false;
        }
        paused = true;
        return true;
    }

    private boolean resume(Entry.Resumed entry) {
        if (!paused) {
            return false;
        }
        paused = false;
        pausedNanos += entry.pausedNanos();
        List<Long> begins = List.copyOf(held.keySet());
        held.clear();
        for (long ticket : begins) {
            Step step = pending.get(ticket);
            if (step != null) {
                start(step);
            }
        }
        return true;
    }

    private boolean offer(Event event) {
        return machine().offer(event) == Offer.ACCEPTED;
    }

    // ---- what follows by itself

    /** Computes and delivers until only steps, timers and signals can move the run. */
    private void settle() {
        boolean moved = true;
        while (moved) {
            machine().drain(workings, Integer.MAX_VALUE);
            Step next = workings.next();
            moved = next != null || deliver();
            if (next != null) {
                begin(next);
            }
        }
    }

    private void begin(Step step) {
        if (flow.plan().node(step.node()).inline()) {
            machine().offer(workings.compute(step, lastNanos));
            return;
        }
        issued.add(step.issued());
        pending.put(step.ticket(), step);
        if (step.limitNanos() > 0) {
            machine().offer(new Event.BodyStarted(lastNanos, step.ticket()));
        }
        if (flow.waits(step.node()).isPresent()) {
            await(step);
        } else if (++steps > maxSteps) {
            String why =
                    "[" + JournalFault.STEP_LIMIT.code() + "] the run took " + maxSteps + " steps";
            forget(step.ticket());
            RecordedException error = new RecordedException("StepLimit", why, false);
            machine().offer(new Event.BodyFailed(lastNanos, step.ticket(), step.node(), error));
        } else {
            start(step);
        }
    }

    private void await(Step step) {
        try {
            waiting.begin(step, lastNanos);
        } catch (RuntimeException thrown) { // how long is the user's to compute
            forget(step.ticket());
            RecordedException error = RecordedException.of(thrown);
            machine().offer(new Event.BodyFailed(lastNanos, step.ticket(), step.node(), error));
        }
    }

    /** Hands the signal that came first to the wait that began first; false when none meet. */
    private boolean deliver() {
        if (paused) {
            return false;
        }
        Mailboxes.Meeting meeting = waiting.meet();
        if (meeting == null) {
            return false;
        }
        Step step = pending.get(meeting.ticket());
        forget(meeting.ticket());
        if (step != null) {
            machine().offer(workings.received(step, meeting.payload(), lastNanos));
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
        return steps;
    }

    /**
     * {@return the step under way with this ticket; empty when it is over}
     *
     * @param ticket the attempt
     */
    public Optional<Step> step(long ticket) {
        return Optional.ofNullable(pending.get(ticket));
    }

    /** {@return steps that some process works on, or did when it was last heard of} */
    public List<Step> inFlight() {
        List<Step> working = new ArrayList<>();
        for (Step step : pending.values()) {
            if (!waiting.contains(step.ticket()) && !held.containsKey(step.ticket())) {
                working.add(step);
            }
        }
        return working;
    }

    /** {@return number of the run that began it; 0 when none did} */
    public long parent() {
        return parent;
    }

    /** {@return steps that other runs do; when it has ended, those that they were doing} */
    public List<Step> children() {
        return isEnded() ? waiting.left() : waiting.children();
    }

    /** {@return nodes that wait, in the order in which they began to} */
    public List<Awaited> waiting() {
        return waiting.list(pending);
    }

    private Map<Long, Long> timers() {
        return undoing.isActive() ? undoing.timers() : workings.timers();
    }

    /** {@return the timer that is due first; empty when there is none} */
    public OptionalLong nextDueNanos() {
        return Timers.first(waiting.timers(), timers());
    }

    /**
     * {@return timers that are due, the earliest first}
     *
     * @param nowNanos now, on the run's clock
     */
    public List<Long> due(long nowNanos) {
        return Timers.due(nowNanos, waiting.timers(), timers());
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
}
