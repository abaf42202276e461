package dev.flowir.kernel.exec;

import dev.flowir.ir.AttemptEndedException;
import dev.flowir.ir.Emitter;
import dev.flowir.ir.Handles;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import dev.flowir.kernel.ExecutionListener.AttemptEnd;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.cap.AttemptHandles;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.host.NodePermits;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.Offer;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One attempt while its body runs: what the body sees, what stops it, and the fence that its late
 * effects meet. Runs the bodies of a fused segment one after the other.
 */
final class Attempt implements NodeContext, Handles, Fence, Runnable, NodePermits.Waiter {

    /** Of a node that says how many of its bodies run at a time. */
    private enum Permit {
        /** It has none, or needs none. */
        NONE,
        /** It waits for one. */
        AWAITED,
        /** It has one, and gives it back when its body has ended. */
        HELD
    }

    private final Driver driver;
    private final Prepared prepared;
    private final long ticket;
    private final int head;
    private final int number;
    private final Object input;
    private final long limitNanos;
    private final Interrupter interrupter = new Interrupter();
    private final @Nullable Semaphore demand;

    /** Made when the body first asks: most attempts use no capability, and many are made. */
    private @Nullable AttemptHandles handles;

    private volatile int node;
    private volatile long item;
    private volatile boolean givenUp;
    private volatile Permit permit = Permit.NONE;
    private boolean interruptedByOthers;
    private long asleepSince;

    Attempt(
            Driver driver,
            long ticket,
            int node,
            int number,
            long item,
            Object input,
            long limitNanos) {
        this.driver = driver;
        this.prepared = driver.prepared();
        this.ticket = ticket;
        this.head = node;
        this.node = node;
        this.number = number;
        this.item = item;
        this.input = input;
        this.limitNanos = limitNanos;
        this.demand = prepared.body(node) instanceof NodeBody.Streaming ? new Semaphore(0) : null;
    }

    long ticket() {
        return ticket;
    }

    int head() {
        return head;
    }

    /** Time limit of the attempt; 0 for none. */
    long limitNanos() {
        return limitNanos;
    }

    int index() {
        return node;
    }

    boolean isInline() {
        return prepared.plan().node(head).inline();
    }

    /**
     * True when the body ended by an interrupt that the run did not send: somebody interrupted the
     * thread that called the runtime, and the body happened to be on it.
     */
    boolean wasInterruptedByOthers() {
        return interruptedByOthers;
    }

    // ---- running

    /** What its own thread does, when it has one. */
    @Override
    public void run() {
        driver.carry(this);
    }

    /** Begins on a thread of its own. */
    void launch() {
        try {
            prepared.thread(head).newThread(this).start();
        } catch (RuntimeException | Error thrown) { // no memory for a thread: a failed attempt
            release();
            driver.post(new Event.BodyFailed(driver.now(), ticket, head, thrown));
            driver.environment().relay().drive(driver);
        }
    }

    /** Takes a permit when its node has them; false when it waits for one in the line. */
    boolean enters() {
        NodePermits permits = prepared.permits();
        if (permits == null || !permits.limits(head)) {
            return true;
        }
        permit = Permit.AWAITED; // before it can be admitted
        boolean entered = permits.enter(head, input, this);
        if (entered) {
            permit = Permit.HELD;
        }
        return entered;
    }

    @Override
    public void admitted() {
        permit = Permit.HELD;
        driver.moved();
        launch();
    }

    private void release() {
        NodePermits permits = prepared.permits();
        if (permit == Permit.HELD && permits != null) {
            permit = Permit.NONE;
            permits.release(head);
        }
    }

    /** Runs the body; null when nobody waits for its result. */
    @Nullable Event work() {
        try {
            return worked();
        } finally {
            release();
        }
    }

    private @Nullable Event worked() {
        if (givenUp) {
            return null; // the run ended while this waited for its turn
        }
        interrupter.enter();
        try {
            NodePermits permits = permit == Permit.HELD ? prepared.permits() : null;
            if (permits != null) {
                permits.check(head, input);
            }
            if (limitNanos > 0
                    && driver.exchange(new Event.BodyStarted(driver.now(), ticket))
                            != Offer.ACCEPTED) {
                return null;
            }
            return prepared.body(head) instanceof NodeBody.Streaming streaming
                    ? stream(streaming)
                    : segment();
        } catch (InterruptedException interrupted) {
            interruptedByOthers = isInline() && !givenUp;
            return failed(interrupted);
        } catch (Throwable thrown) { // whatever a body throws is a failure of its node
            return failed(thrown);
        } finally {
            closeHandles();
            interrupter.exit();
        }
    }

    private Event segment() throws Exception {
        Object value = input;
        int at = head;
        while (true) {
            node = at;
            value = one(at, value);
            int next = prepared.plan().next(at);
            if (value == NodeBody.NoOutput.NONE) {
                return new Event.BodyEmpty(driver.now(), ticket, at);
            }
            if (next < 0) {
                return new Event.BodyCompleted(driver.now(), ticket, at, value);
            }
            checkpoint();
            driver.moved();
            item = Machine.itemAfter(item, prepared.plan().out(at, 0));
            at = next;
        }
    }

    private Object one(int at, Object value) throws Exception {
        if (!(prepared.body(at) instanceof NodeBody.Single single)) {
            throw new IllegalStateException("a streaming body is never inside a segment");
        }
        Replay replay = driver.replay();
        if (replay != null && replay.knows(at)) {
            return replay.take(at);
        }
        if (!driver.isObserved()) {
            return checked(single.run(value, this, this));
        }
        long began = driver.now();
        began(at);
        AttemptEnd end = AttemptEnd.FAILED;
        try {
            Object output = checked(single.run(value, this, this));
            end = output == NodeBody.NoOutput.NONE ? AttemptEnd.EMPTY : AttemptEnd.COMPLETED;
            return output;
        } finally {
            ended(at, givenUp ? AttemptEnd.GIVEN_UP : end, driver.now() - began);
        }
    }

    @SuppressWarnings("ConstantValue") // a user's body can return null whatever its type says
    private Object checked(@Nullable Object output) {
        if (output == null) {
            throw NodeBody.gaveNull(node());
        }
        return output;
    }

    private @Nullable Event stream(NodeBody.Streaming body) throws Exception {
        if (driver.exchange(new Event.StreamOpened(driver.now(), ticket)) != Offer.ACCEPTED) {
            return null;
        }
        long began = driver.now();
        if (driver.isObserved()) {
            began(head);
        }
        AttemptEnd end = AttemptEnd.FAILED;
        Producers producers = new Producers(node());
        producers.enter();
        try {
            Emitter<Object> out = value -> emit(producers, value);
            body.run(input, out, this, this);
            producers.awaitAll();
            end = AttemptEnd.COMPLETED;
        } finally {
            grant(producers.end());
            if (driver.isObserved()) {
                ended(head, givenUp ? AttemptEnd.GIVEN_UP : end, driver.now() - began);
            }
        }
        return new Event.StreamEnded(driver.now(), ticket);
    }

    private void emit(Producers producers, Object value) throws InterruptedException {
        checkpoint();
        boolean inTime = producers.giving();
        try {
            if (inTime && demand != null) {
                demand.acquire();
            }
            if (driver.exchange(new Event.StreamItem(driver.now(), ticket, value))
                    != Offer.ACCEPTED) {
                throw inTime
                        ? new AttemptEndedException(
                                "nobody listens to the stream of '" + node() + "'")
                        : producers.refused();
            }
        } finally {
            producers.gave();
        }
    }

    private @Nullable Event failed(Throwable thrown) {
        return new Event.BodyFailed(driver.now(), ticket, node, thrown);
    }

    private void began(int at) {
        RunInfo run = driver.info();
        driver.environment()
                .listening()
                .tell(run, to -> to.attemptStarted(run, prepared.alias(at), number));
    }

    private void ended(int at, AttemptEnd end, long nanos) {
        RunInfo run = driver.info();
        driver.environment()
                .listening()
                .tell(run, to -> to.attemptEnded(run, prepared.alias(at), number, end, nanos));
    }

    private void closeHandles() {
        if (handles != null) {
            handles.attemptEnded(thrown -> driver.cleanupFailed(node, thrown));
        }
    }

    // ---- sleeping: nodes that do nothing else have no thread

    boolean sleeps() {
        return prepared.sleepNanos(head) >= 0;
    }

    void fellAsleep(long now) {
        asleepSince = now;
        if (driver.isObserved()) {
            began(head);
        }
    }

    /** Its time is over: it gives what it got. */
    Event slept() {
        if (!givenUp) {
            awoke(AttemptEnd.COMPLETED);
        }
        return new Event.BodyCompleted(driver.now(), ticket, head, input);
    }

    void awoke(AttemptEnd end) {
        if (driver.isObserved()) {
            ended(head, end, driver.now() - asleepSince);
        }
    }

    // ---- stopping

    /** Lets a streaming body give {@code items} more. */
    void grant(int items) {
        if (demand != null) {
            demand.release(items);
        }
    }

    /** Ends the attempt: from now on nothing that it does counts. */
    void giveUp() {
        givenUp = true;
        NodePermits permits = prepared.permits();
        if (permit == Permit.AWAITED && permits != null) {
            permits.leave(head, this); // unless it was admitted at this moment, and ends by itself
        }
        interrupter.interrupt();
    }

    /** What the body is doing, for people; call it before {@link #giveUp}. */
    String doing() {
        if (permit == Permit.AWAITED) {
            return "waiting in line, since no more than "
                    + prepared.plan().node(head).concurrency()
                    + " of its bodies run at a time";
        }
        return sleeps() ? "sleeping" : interrupter.describe();
    }

    /** Whether it waits for one of its node's permits. */
    boolean isInLine() {
        return permit == Permit.AWAITED;
    }

    /** Whether it gives an item that nobody has asked for. */
    boolean awaitsDemand() {
        return demand != null && demand.hasQueuedThreads();
    }

    boolean hasBegun() {
        return sleeps() || interrupter.isInside();
    }

    @Override
    public boolean isCurrent() {
        return !givenUp;
    }

    // ---- what the body sees

    @Override
    public String runId() {
        return driver.info().runId();
    }

    @Override
    public String flow() {
        return driver.info().flow();
    }

    @Override
    public String node() {
        return prepared.alias(node);
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public String idempotencyKey() {
        return flow() + "/" + runId() + "/" + node() + "/" + Long.toHexString(item);
    }

    @Override
    public boolean cancelled() {
        return givenUp;
    }

    @Override
    public void checkpoint() {
        if (givenUp) {
            throw new AttemptEndedException("the attempt at '" + node() + "' was given up");
        }
    }

    @Override
    public OptionalLong remainingNanos() {
        long limit = driver.deadlineNanos();
        return limit < 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, driver.startedNanos() + limit - driver.now()));
    }

    @Override
    public <H> H get(Token<H> token) {
        if (handles == null) {
            handles = new AttemptHandles(this, this, prepared.declared(node, driver.environment()));
        }
        return handles.get(token);
    }
}
