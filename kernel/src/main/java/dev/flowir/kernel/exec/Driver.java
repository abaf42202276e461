package dev.flowir.kernel.exec;

import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.Standstill;
import dev.flowir.kernel.machine.CommandHandler;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Interruption;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Offer;
import dev.flowir.kernel.machine.Outcome;
import dev.flowir.kernel.machine.TimerKind;
import dev.flowir.kernel.machine.Wait;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one machine in this process. Whoever brings an event moves the machine on, one thread at a
 * time; bodies run outside of that: those that only compute on the thread that is driving, all
 * others on virtual threads, which then drive on. So a value passes from node to node without
 * waking anybody.
 */
final class Driver extends KnownRun implements CommandHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Who keeps the turn for longer has a body run in it that does not belong there. */
    private static final long TURN_MILLIS = 100;

    private final Sink sink;
    private final Machine machine;
    private @Nullable Spills spills;
    private final long startedNanos;
    private final long deadlineNanos;
    private final ReentrantLock turn = new ReentrantLock();
    private final Mailbox mailbox = new Mailbox();

    /** What a node gave that only passes its item on: it comes before all that waits. */
    private @Nullable Event passed;

    private final ArrayDeque<Attempt> ready = new ArrayDeque<>(1);

    /** Whether the thread that has the turn is one of ours, which may carry a body itself. */
    private boolean mayCarry;

    /** A body that the thread which has the turn carries on with; see {@link #drive}. */
    private @Nullable Attempt carried;

    private final @Nullable Attempt[] attempts;
    private final RunTimers timers = new RunTimers(this);
    private @Nullable RunStream stream;
    private String doing = "";
    private boolean broken;

    Driver(
            Environment environment,
            Prepared prepared,
            RunInfo info,
            MachineSettings settings,
            Sink sink,
            @Nullable Replay replay) {
        super(environment, prepared, info, replay);
        this.sink = environment.watched(this, sink);
        this.deadlineNanos = settings.deadlineNanos();
        this.startedNanos = deadlineNanos > 0 || isObserved() ? now() - elapsedNanos() : 0;
        this.machine =
                new Machine(
                        prepared.plan(),
                        settings,
                        environment.listening().observer(prepared.plan(), info),
                        prepared.buckets());
        machine.since(environment.time().epochNanos());
        if (replay != null) {
            machine.startAt(replay.input());
        }
        this.attempts = new Attempt[machine.places()];
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Leaves an event for whoever has the turn next. */
    void post(Event event) {
        mailbox.add(event);
    }

    /** Attempts that can be under way at a time. */
    int places() {
        return machine.places();
    }

    int permits() {
        int permits;
        turn.lock();
        try {
            permits = machine.permits();
        } finally {
            turn.unlock();
        }
        if (!mailbox.isEmpty()) { // who came meanwhile left it to this thread
            environment.relay().drive(this);
        }
        return permits;
    }

    // ---- bringing events

    /**
     * Brings an event and drives on; bodies that only compute run on this thread.
     *
     * @return true when somebody interrupted this thread meanwhile, which cancelled the run
     */
    boolean bring(Event event) {
        turn.lock();
        try {
            apply(event);
        } finally {
            turn.unlock();
        }
        return drive(false, null).interrupted();
    }

    /** Brings the first event; bodies run on other threads. */
    void start(Event event) {
        if (isObserved()) { // listeners are not for the thread that calls
            post(event);
            environment.relay().drive(this);
        } else {
            exchange(event);
        }
    }

    /** Brings an event; bodies that only compute run on another thread. */
    Offer exchange(Event event) {
        if (turn.isHeldByCurrentThread()) { // from a listener: applied when this turn is over
            mailbox.add(event);
            return Offer.ACCEPTED;
        }
        Offer answer;
        boolean work;
        turn.lock();
        try {
            answer = apply(event);
            work = !ready.isEmpty();
        } finally {
            turn.unlock();
        }
        if (work || !mailbox.isEmpty()) {
            environment.relay().drive(this);
        }
        return answer;
    }

    /** Something moved that the machine does not hear of. */
    void moved() {
        sink.moved(now());
    }

    /** Shows who waits for whom, with the turn; null when somebody keeps that. */
    Optional<Standstill> show(Function<@Nullable List<Wait>, Optional<Standstill>> to)
            throws InterruptedException {
        if (!turn.tryLock(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
            return to.apply(null);
        }
        boolean work;
        Optional<Standstill> shown;
        try {
            shown = to.apply(machine.waits());
        } finally {
            work = !ready.isEmpty();
            turn.unlock();
        }
        if (work || !mailbox.isEmpty()) { // who came meanwhile left it to this thread
            environment.relay().drive(this);
        }
        return shown;
    }

    /** The attempt that has, or had, a place. */
    @Nullable Attempt attemptAt(int place) {
        return attempts[place];
    }

    void cancel(String reason) {
        exchange(new Event.Cancel(now(), reason));
    }

    /** Runs a body on this thread, which is its own, and then whatever that leads to. */
    void carry(@Nullable Attempt first) {
        Attempt next = first;
        while (next != null) {
            next = drive(true, next.work()).carried();
        }
    }

    /** Goes on with this thread, which is there for runs that wait for one. */
    void carry() {
        carry(drive(true, null).carried());
    }

    /** Goes on with this thread as far as bodies only compute. */
    void compute() {
        drive(false, null);
    }

    /**
     * Moves on until there is nothing to do here, or another thread does it.
     *
     * @param ours whether this thread may carry a body
     * @param first what this thread brings; null for nothing
     */
    private Driven drive(boolean ours, @Nullable Event first) {
        boolean interrupted = false;
        Event brought = first;
        Attempt mine = null;
        Attempt next = null;
        do {
            if (!turn.tryLock()) {
                if (brought == null) {
                    break; // whoever has the turn looks into the mailbox after it
                }
                mailbox.add(brought);
                brought = null;
                continue; // whoever had the turn may have looked before
            }
            try {
                mayCarry = ours && mine == null;
                if (brought == null) {
                    empty();
                } else {
                    apply(brought);
                    brought = null;
                }
                mine = carried == null ? mine : carried;
                carried = null;
                mayCarry = false;
                next = ready.poll();
                if (next != null && mine != null) { // it shall not wait for what computes
                    mine.launch();
                    mine = null;
                }
            } finally {
                turn.unlock();
            }
            if (next != null) {
                brought = next.work();
                if (next.wasInterruptedByOthers()) {
                    interrupted = true;
                    mailbox.add(new Event.Cancel(now(), "the calling thread was interrupted"));
                    if (brought != null) { // the cancellation comes first
                        mailbox.add(brought);
                        brought = null;
                    }
                }
            }
        } while (next != null || brought != null || !mailbox.isEmpty());
        return interrupted || mine != null ? new Driven(interrupted, mine) : Driven.NOTHING;
    }

    private Offer apply(Event event) {
        empty();
        Offer answer = offer(event);
        empty();
        return answer;
    }

    /** Applies all events that wait and executes all commands that follow. */
    private void empty() {
        execute();
        for (Event event = next(); event != null; event = next()) {
            offer(event);
            execute();
        }
        sink.turned();
    }

    private @Nullable Event next() {
        Event first = passed;
        passed = null;
        return first == null ? mailbox.poll() : first;
    }

    private Offer offer(Event event) {
        if (broken) {
            return Offer.CLOSED;
        }
        try {
            Offer answer = machine.offer(event);
            if (answer == Offer.ACCEPTED) {
                sink.moved(event.nowNanos());
            }
            return answer;
        } catch (RuntimeException | Error thrown) { // a bug here, or no memory left
            breakDown(thrown);
            return Offer.CLOSED;
        }
    }

    private void execute() {
        try {
            machine.drain(this, NO_LIMIT);
        } catch (RuntimeException | Error thrown) { // a bug here, or no memory left
            breakDown(thrown);
        }
    }

    /** The machine cannot be trusted any more: gives everything up and tells the caller. */
    private void breakDown(Throwable thrown) {
        if (broken) {
            return;
        }
        broken = true;
        LOG.error("{}: the kernel failed; the run is given up", info, thrown);
        ready.clear();
        for (Attempt attempt : attempts) {
            if (attempt != null) {
                attempt.giveUp();
            }
        }
        Failure failure = new Failure.Broken(thrown);
        closeStream(Optional.of(failure));
        sink.failed(failure);
        timers.ended();
        sink.ended(Optional.of(failure));
    }

    // ---- executing commands

    @Override
    public void invoke(
            long ticket, int node, int number, long item, Object input, long limitNanos) {
        if (limitNanos <= 0 && ready.isEmpty() && passes(node)) {
            passed = new Event.BodyCompleted(now(), ticket, node, input);
            return;
        }
        Attempt attempt = new Attempt(this, ticket, node, number, item, input, limitNanos);
        attempts[Machine.place(ticket)] = attempt;
        if (attempt.isInline()) {
            ready.add(attempt);
        } else if (attempt.sleeps()) {
            timers.sleep(attempt);
        } else if (attempt.enters()) { // else it begins when it gets a permit
            begin(attempt);
        }
    }

    private boolean passes(int node) {
        return replay == null && prepared.passes(node) && !isObserved() && passed == null;
    }

    private void begin(Attempt attempt) {
        if (mayCarry && carried == null) {
            carried = attempt;
        } else {
            attempt.launch();
        }
    }

    @Override
    public void interrupt(long ticket, int node, Interruption why) {
        Attempt attempt = attempt(ticket);
        if (attempt == null) {
            return;
        }
        String alias = prepared.alias(attempt.index());
        if (why.isAsked() && (doing.isEmpty() || attempt.hasBegun())) {
            doing = "while '" + alias + "' was " + attempt.doing();
        }
        attempt.giveUp();
        timers.wake(attempt);
        if (isObserved()) {
            environment.listening().tell(info, to -> to.cancelled(info, alias, why.text()));
        }
    }

    @Override
    public void armTimer(long timer, TimerKind kind, long atNanos) {
        if (environment.watchdogs() || !kind.isWatchdog()) {
            boolean ofWindows = kind == TimerKind.WINDOW;
            timers.arm(timer, kind, atNanos, ofWindows ? null : attempts[Machine.place(timer)]);
        }
    }

    @Override
    public void cancelTimer(long timer) {
        timers.cancel(timer);
    }

    void timerFired(long timer) {
        exchange(new Event.TimerFired(now(), timer));
    }

    @Override
    public void outputReady(Object value) {
        sink.output(value);
    }

    @Override
    public void streamReady(long ticket) {
        stream = new RunStream(this, ticket);
        sink.output(stream.handle());
    }

    @Override
    public void streamItem(long ticket, Object item) {
        if (stream != null) {
            stream.handle().item(item);
        }
    }

    @Override
    public void grantDemand(long ticket, int items) {
        Attempt attempt = attempt(ticket);
        if (attempt != null) {
            attempt.grant(items);
        }
    }

    @Override
    public void streamEnded(long ticket, Outcome outcome) {
        closeStream(Failures.of(outcome, prepared, doing));
    }

    private void closeStream(Optional<Failure> failure) {
        if (stream != null) {
            stream.close(failure);
            stream = null;
        }
    }

    @Override
    public void spillStore(long ticket, int edge, Object payload, long minBytes) {
        spills().store(ticket, edge, payload, minBytes);
    }

    @Override
    public void spillLoad(long ticket, int part, int edge, Object reference) {
        spills().load(ticket, part, edge, reference);
    }

    @Override
    public void spillDelete(int edge, Object reference) {
        spills().delete(reference);
    }

    private Spills spills() {
        if (spills == null) {
            spills = new Spills(this, environment.spilling());
        }
        return spills;
    }

    @Override
    public void failed(Outcome outcome) {
        Failures.of(outcome, prepared, doing).ifPresent(sink::failed);
    }

    @Override
    public void sideFailed(Outcome outcome) {
        Failures.of(outcome, prepared, doing)
                .ifPresent(it -> {
                    LOG.warn("{}: after its result was given, {}", info, it.message());
                    environment.listening().tell(info, to -> to.sideFailed(info, it));
                });
    }

    @Override
    public void ended(Outcome outcome) {
        timers.ended();
        sink.ended(Failures.of(outcome, prepared, doing));
    }

    private @Nullable Attempt attempt(long ticket) {
        Attempt attempt = attempts[Machine.place(ticket)];
        return attempt != null && attempt.ticket() == ticket ? attempt : null;
    }

    void cleanupFailed(int node, Throwable thrown) {
        LOG.warn("{}: cleaning up after '{}' failed", info, prepared.alias(node), thrown);
    }

    long startedNanos() {
        return startedNanos;
    }
}
