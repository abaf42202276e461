package dev.flowir.wasm;

import dev.flowir.ir.SlowConsumer;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.machine.CommandHandler;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Interruption;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Offer;
import dev.flowir.kernel.machine.Outcome;
import dev.flowir.kernel.machine.TimerKind;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One run on the one thread of an isolate. Whoever brings an event moves the machine on; bodies
 * that only compute run at once, all others in coroutines of their own, so that a body that waits
 * keeps nobody from answering. Nothing here is shared with another request.
 */
final class EdgeRun implements CommandHandler {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final Platform platform;
    private final EdgePlan prepared;
    private final String id;
    private final Machine machine;
    private final EdgeLimit limit;
    private final long deadlineAtNanos;
    private final Platform.Parking decided;
    private final Platform.Parking quiet;
    private final @Nullable EdgeAttempt[] attempts;
    private final Platform.@Nullable Timer[] timers;
    private final ArrayDeque<EdgeAttempt> ready = new ArrayDeque<>();

    /** What must not happen while the machine has its turn: letting coroutines go on. */
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();

    private final @Nullable EdgePermits permits;
    private Platform.@Nullable Timer deadline;
    private @Nullable EdgeStream stream;
    private @Nullable Result<Object> result;
    private String doing = "";
    private String stopped = "";
    private boolean broken;
    private boolean ahead;
    private int running;

    EdgeRun(Platform platform, EdgePlan prepared, EdgeLimit limit, String id) {
        this.platform = platform;
        this.prepared = prepared;
        this.id = id;
        this.limit = limit;
        this.machine =
                new Machine(prepared.plan(), MachineSettings.forOnce().within(limit.nanos()));
        this.deadlineAtNanos = now() + limit.nanos();
        this.decided = platform.parking();
        this.quiet = platform.parking();
        this.attempts = new EdgeAttempt[machine.places()];
        this.timers = new Platform.Timer[machine.places()];
        this.permits = EdgePermits.of(prepared.plan());
    }

    Platform platform() {
        return platform;
    }

    EdgePlan prepared() {
        return prepared;
    }

    String id() {
        return id;
    }

    long now() {
        return platform.nowNanos();
    }

    long deadlineAtNanos() {
        return deadlineAtNanos;
    }

    OptionalLong remainingNanos() {
        return OptionalLong.of(Math.max(0, deadlineAtNanos - now()));
    }

    /** Begins; bodies that only compute run within the call. */
    void begin(Object input) {
        bring(new Event.InputSent(now(), input));
    }

    /** Waits for the first output or the failure. */
    Result<Object> await() {
        while (result == null) {
            decided.park();
        }
        return result;
    }

    boolean isQuiet() {
        return running == 0;
    }

    /** Waits until no body runs any more: what was given up still has to clean up. */
    void awaitQuiet() {
        while (running > 0) {
            quiet.park();
        }
    }

    void cancel(String reason) {
        bring(new Event.Cancel(now(), reason));
    }

    /** Brings an event and runs what only computes. */
    void bring(Event event) {
        apply(event);
        runReady();
    }

    /** Brings an event; what only computes runs in a coroutine of its own. */
    Offer exchange(Event event) {
        Offer answer = apply(event);
        if (!ready.isEmpty()) {
            platform.spawn(this::runReady);
        }
        return answer;
    }

    /** Applies an event and executes the commands that follow; runs no body. */
    Offer apply(Event event) {
        Offer answer = Offer.CLOSED;
        if (!broken) {
            try {
                answer = machine.offer(event);
                machine.drain(this, NO_LIMIT);
            } catch (RuntimeException | Error thrown) { // a bug here, or no memory left
                breakDown(thrown);
            }
        }
        for (Runnable next = later.poll(); next != null; next = later.poll()) {
            next.run();
        }
        return answer;
    }

    /** Does something when the machine's turn is over. */
    void after(Runnable what) {
        later.add(what);
    }

    private void runReady() {
        for (EdgeAttempt next = ready.poll(); next != null; next = ready.poll()) {
            Event event = next.run();
            if (event != null) {
                apply(event);
            }
        }
    }

    private void breakDown(Throwable thrown) {
        broken = true;
        platform.log("run " + id + ": the kernel failed; the run is given up: " + thrown);
        ready.clear();
        for (EdgeAttempt attempt : attempts) {
            if (attempt != null) {
                attempt.giveUp();
            }
        }
        for (Platform.Timer timer : timers) {
            if (timer != null) {
                timer.cancel();
            }
        }
        cancelDeadline();
        Failure failure = new Failure.Broken(thrown);
        endStream(Optional.of(failure));
        decide(new Result.Failed<>(failure));
    }

    private void decide(Result<Object> decision) {
        if (result == null) {
            result = decision;
            after(decided::unpark);
        }
    }

    private Optional<Failure> failure(Outcome outcome) {
        return EdgeFailures.of(outcome, prepared, limit, stopped, doing);
    }

    @Override
    public void invoke(
            long ticket, int node, int number, long item, Object input, long limitNanos) {
        EdgeAttempt attempt = new EdgeAttempt(this, ticket, node, number, item, input, limitNanos);
        attempts[Machine.place(ticket)] = attempt;
        if (attempt.isInline()) {
            ready.add(attempt);
        } else if (permits == null || permits.enters(attempt)) {
            launch(attempt);
        }
    }

    private void launch(EdgeAttempt attempt) {
        running++;
        platform.spawn(() -> launched(attempt));
    }

    private void launched(EdgeAttempt attempt) {
        try {
            Event event = attempt.run();
            EdgeAttempt next = permits == null ? null : permits.ended(attempt);
            if (next != null) {
                launch(next);
            }
            if (event != null) {
                bring(event);
            }
        } finally {
            if (--running == 0) {
                quiet.unpark();
            }
        }
    }

    @Override
    public void interrupt(long ticket, int node, Interruption why) {
        EdgeAttempt attempt = attempt(ticket);
        if (attempt == null) {
            return;
        }
        if (why.isAsked()) {
            stopped = prepared.alias(attempt.index());
            doing = "while '" + stopped + "' was " + attempt.doing();
        }
        if (permits != null) {
            permits.leave(attempt);
        }
        attempt.giveUp();
    }

    @Override
    public void armTimer(long timer, TimerKind kind, long atNanos) {
        if (timer < 0) {
            return; // of one input: its windows end with what comes next of it, or with the run
        }
        Platform.Timer armed =
                platform.schedule(
                        atNanos - now(), () -> exchange(new Event.TimerFired(now(), timer)));
        if (timer == Machine.DEADLINE_TIMER) {
            deadline = armed;
        } else {
            timers[Machine.place(timer)] = armed;
        }
    }

    @Override
    public void cancelTimer(long timer) {
        if (timer < 0) {
            return;
        }
        if (timer == Machine.DEADLINE_TIMER) {
            cancelDeadline();
            return;
        }
        Platform.Timer armed = timers[Machine.place(timer)];
        if (armed != null) {
            armed.cancel();
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null; // the end of the run comes after it, and asks the same
        }
    }

    @Override
    public void outputReady(Object value) {
        decide(new Result.Value<>(value));
    }

    @Override
    public void streamReady(long ticket) {
        EdgeStream opened =
                prepared.slowConsumer()
                        .<EdgeStream>map(how -> how.keptBy(it -> running(ticket, it)))
                        .orElseGet(() -> new EdgeAskedStream(this, ticket));
        stream = opened;
        decide(new Result.Value<>(opened));
    }

    private EdgeStream running(long ticket, SlowConsumer how) {
        ahead = true;
        return new EdgeRunningStream(this, ticket, how, prepared.alias(prepared.plan().capture()));
    }

    /** Lets others go on, when the producer of the stream does not wait for its consumer. */
    void breathe() {
        if (ahead) {
            Platform.Parking turn = platform.parking();
            platform.schedule(0, turn::unpark);
            turn.park();
        }
    }

    @Override
    public void streamItem(long ticket, Object item) {
        if (stream != null) {
            stream.item(item);
        }
    }

    @Override
    public void grantDemand(long ticket, int items) {
        EdgeAttempt attempt = attempt(ticket);
        if (attempt != null) {
            attempt.grant(items);
        }
    }

    @Override
    public void streamEnded(long ticket, Outcome outcome) {
        endStream(failure(outcome));
    }

    private void endStream(Optional<Failure> failure) {
        EdgeStream open = stream;
        if (open != null) {
            stream = null;
            open.end(failure);
        }
    }

    /** Plans with an edge that spills are refused here, so the machine never asks for it. */
    @Override
    public void spillStore(long ticket, int edge, Object payload, long minBytes) {
        throw new IllegalStateException("nothing spills at the edge");
    }

    @Override
    public void spillLoad(long ticket, int part, int edge, Object reference) {
        throw new IllegalStateException("nothing spills at the edge");
    }

    @Override
    public void spillDelete(int edge, Object reference) {
        throw new IllegalStateException("nothing spills at the edge");
    }

    @Override
    public void failed(Outcome outcome) {
        failure(outcome).ifPresent(it -> decide(new Result.Failed<>(it)));
    }

    @Override
    public void sideFailed(Outcome outcome) {
        failure(outcome)
                .ifPresent(it ->
                        platform.log(
                                "run " + id + ": after its result was given, " + it.message()));
    }

    @Override
    public void ended(Outcome outcome) {
        cancelDeadline();
        endStream(failure(outcome));
        failure(outcome).ifPresent(it -> decide(new Result.Failed<>(it)));
    }

    private @Nullable EdgeAttempt attempt(long ticket) {
        EdgeAttempt attempt = attempts[Machine.place(ticket)];
        return attempt != null && attempt.ticket() == ticket ? attempt : null;
    }
}
