package dev.flowir.kernel.journal;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Offer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
    private final Workings workings;
    private final Map<Long, Step> pending = new LinkedHashMap<>();
    private final Map<Long, Issued> held = new LinkedHashMap<>();
    private final Set<Long> waits = new HashSet<>();
    private final Map<Long, Long> waitTimers = new LinkedHashMap<>();
    private final Mailboxes mailboxes = new Mailboxes();
    private @Nullable Machine machine;
    private long lastNanos;
    private long pausedNanos;
    private boolean paused;
    private int maxSteps;
    private int steps;
    private List<Issued> issued = new ArrayList<>();
    private List<Issued> launch = new ArrayList<>();

    /**
     * A run without any entry.
     *
     * @param flow what it runs
     * @param runId the run
     */
    public RunCore(PinnedFlow flow, String runId) {
        this.flow = flow;
        this.workings = new Workings(flow, runId);
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
        if (!take(entry)) {
            return Turn.REFUSED;
        }
        lastNanos = entry.atNanos();
        settle();
        List<Long> interrupted = workings.takeInterrupted();
        for (long ticket : interrupted) {
            forget(ticket);
        }
        launch.removeIf(step -> !pending.containsKey(step.ticket()));
        if (isEnded()) {
            pending.clear();
            held.clear();
            waits.clear();
            waitTimers.clear();
            mailboxes.clear();
        }
        return new Turn(true, issued, launch, interrupted);
    }

    private boolean take(Entry entry) {
        Machine running = machine;
        if (entry instanceof Entry.Started started) {
            return running == null && start(started);
        }
        if (running == null || running.isEnded() || entry.atNanos() < lastNanos) {
            return false;
        }
        long at = entry.atNanos();
        return switch (entry) {
            case Entry.Started ignored -> false;
            case Entry.Completed it ->
                    takesStep(it.ticket(), it.node())
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
            case Entry.Signalled it -> signal(it);
            case Entry.Paused ignored -> pause();
            case Entry.Resumed it -> resume(it);
            case Entry.Cancelled it -> offer(new Event.Cancel(at, it.reason()));
        };
    }

    private boolean start(Entry.Started started) {
        MachineSettings settings = MachineSettings.forOnce().within(started.deadlineNanos());
        Machine made = new Machine(flow.plan(), settings);
        machine = made;
        maxSteps = started.maxSteps();
        lastNanos = started.atNanos();
        made.offer(new Event.InputSent(started.atNanos(), started.input().object()));
        return true;
    }

    /** True when the attempt is awaited; it is not from now on. */
    private boolean takesStep(long ticket, int node) {
        Step step = pending.get(ticket);
        if (step == null || step.node() != node || waits.contains(ticket)) {
            return false;
        }
        forget(ticket);
        return true;
    }

    private void forget(long ticket) {
        pending.remove(ticket);
        held.remove(ticket);
        if (waits.remove(ticket)) {
            waitTimers.remove(ticket);
            mailboxes.forget(ticket);
        }
    }

    private boolean timer(long at, long timer) {
        if (paused) {
            return false;
        }
        Long wait = waitTimers.get(timer);
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
        Optional<String> signal = flow.waits(step.node()).orElseThrow().signal();
        forget(ticket);
        if (signal.isEmpty()) {
            return offer(new Event.BodyCompleted(at, ticket, step.node(), step.input()));
        }
        String why =
                "["
                        + JournalFault.SIGNAL_TIMEOUT.code()
                        + "] no signal '"
                        + signal.get()
                        + "' came in time";
        RecordedException error = new RecordedException("SignalTimeout", why, false);
        return offer(new Event.BodyFailed(at, ticket, step.node(), error));
    }

    private boolean signal(Entry.Signalled signalled) {
        if (mailboxes.buffered() >= MAX_BUFFERED_SIGNALS) {
            return false;
        }
        mailboxes.add(signalled.name(), signalled.payload());
        return true;
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
        launch.addAll(held.values());
        held.clear();
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
        } else if (paused) {
            held.put(step.ticket(), step.issued());
        } else {
            launch.add(step.issued());
        }
    }

    private void await(Step step) {
        var wait = flow.waits(step.node()).orElseThrow();
        long due;
        try {
            due = wait.dueNanos(step.input(), lastNanos);
        } catch (RuntimeException thrown) { // the duration is the user's to compute
            forget(step.ticket());
            RecordedException error = RecordedException.of(thrown);
            machine().offer(new Event.BodyFailed(lastNanos, step.ticket(), step.node(), error));
            return;
        }
        waits.add(step.ticket());
        waitTimers.put(step.ticket(), due);
        wait.signal().ifPresent(name -> mailboxes.await(name, step.ticket()));
    }

    /** Hands the signal that came first to the wait that began first; false when none meet. */
    private boolean deliver() {
        if (paused) {
            return false;
        }
        Mailboxes.Meeting meeting = mailboxes.meet();
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
        return machine != null && machine.isEnded();
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
            if (!waits.contains(step.ticket()) && !held.containsKey(step.ticket())) {
                working.add(step);
            }
        }
        return working;
    }

    /** {@return nodes that wait: aliases, each with the signal it waits for or an empty text} */
    public Map<String, String> waiting() {
        Map<String, String> names = new LinkedHashMap<>();
        for (long ticket : waits) {
            Step step = pending.get(ticket);
            if (step != null) {
                names.put(
                        flow.alias(step.node()),
                        flow.waits(step.node()).orElseThrow().signal().orElse(""));
            }
        }
        return names;
    }

    /** {@return the timer that is due first; empty when there is none} */
    public OptionalLong nextDueNanos() {
        long first = Long.MAX_VALUE;
        for (long at : waitTimers.values()) {
            first = Math.min(first, at);
        }
        for (long at : workings.timers().values()) {
            first = Math.min(first, at);
        }
        return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /**
     * {@return timers that are due, the earliest first}
     *
     * @param nowNanos now, on the run's clock
     */
    public List<Long> due(long nowNanos) {
        List<long[]> found = new ArrayList<>();
        waitTimers.forEach((timer, at) -> found.add(new long[] {at, timer}));
        workings.timers().forEach((timer, at) -> found.add(new long[] {at, timer}));
        return found.stream()
                .filter(it -> it[0] <= nowNanos)
                .sorted((a, b) -> Long.compare(a[0], b[0]))
                .map(it -> it[1])
                .toList();
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
