package dev.flowir.wasm;

import dev.flowir.ir.AttemptEndedException;
import dev.flowir.ir.Handles;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import dev.flowir.ir.Wait;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.ir.plan.Ranking;
import dev.flowir.kernel.cap.AttemptHandles;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.Offer;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One attempt while its body runs: what the body sees, what stops it, and the fence that its late
 * effects meet. Runs the bodies of a fused segment one after the other.
 */
final class EdgeAttempt implements NodeContext, Handles, Fence {

    private final EdgeRun run;
    private final EdgePlan prepared;
    private final long ticket;
    private final int head;
    private final int number;
    private final Object input;
    private final long limitNanos;
    private final Platform.Parking wanted;
    private final AttemptHandles handles;
    private long dueNanos = Long.MAX_VALUE;
    private int demand;
    private int node;
    private long item;
    private boolean begun;
    private boolean givenUp;
    private @Nullable Thread coroutine;

    EdgeAttempt(
            EdgeRun run,
            long ticket,
            int node,
            int number,
            long item,
            Object input,
            long limitNanos) {
        this.run = run;
        this.prepared = run.prepared();
        this.ticket = ticket;
        this.head = node;
        this.node = node;
        this.number = number;
        this.item = item;
        this.input = input;
        this.limitNanos = limitNanos;
        this.wanted = run.platform().parking();
        this.handles = new AttemptHandles(this, this, asked -> prepared.provider(node, asked));
    }

    long ticket() {
        return ticket;
    }

    int index() {
        return node;
    }

    int head() {
        return head;
    }

    Object input() {
        return input;
    }

    boolean isInline() {
        return prepared.plan().node(head).inline();
    }

    /** What the body is doing, for people. */
    String doing() {
        return begun ? "running" : "not begun";
    }

    /** Runs the body; null when nobody waits for its result. */
    @Nullable Event run() {
        if (givenUp) {
            return null;
        }
        begun = true;
        coroutine = Thread.currentThread();
        try {
            checkLevel();
            if (limitNanos > 0) {
                dueNanos = run.now() + limitNanos;
                if (run.apply(new Event.BodyStarted(run.now(), ticket)) != Offer.ACCEPTED) {
                    return null;
                }
            }
            return prepared.body(head) instanceof NodeBody.Streaming streaming
                    ? stream(streaming)
                    : segment();
        } catch (Throwable thrown) { // whatever a body throws is a failure of its node
            return new Event.BodyFailed(run.now(), ticket, node, thrown);
        } finally {
            coroutine = null;
            closeHandles();
        }
    }

    /** What could not be told of an item's place in the line is a failure of its attempt. */
    @OnlyWith(value = PlanFeatures.PRIORITIES, optional = true)
    private void checkLevel() {
        Optional<Ranking> ranking = prepared.plan().node(head).ranking();
        if (ranking.isPresent() && prepared.plan().node(head).concurrency() > 0) {
            ranking.get().of(input);
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
                return new Event.BodyEmpty(run.now(), ticket, at);
            }
            if (next < 0) {
                return new Event.BodyCompleted(run.now(), ticket, at, value);
            }
            checkpoint();
            item = Machine.itemAfter(item, prepared.plan().out(at, 0));
            at = next;
        }
    }

    @SuppressWarnings("ConstantValue") // a user's body can return null whatever its type says
    private Object one(int at, Object value) throws Exception {
        if (!(prepared.body(at) instanceof NodeBody.Single single)) {
            throw new IllegalStateException("a streaming body is never inside a segment");
        }
        if (single instanceof Wait wait && wait.sleep().isPresent()) {
            // A coroutine that sleeps is a timer of the platform and nothing else.
            Thread.sleep(Math.max(1, wait.sleep().get().toMillis()));
            return value;
        }
        Object output = single.run(value, this, this);
        if (output == null) {
            throw NodeBody.gaveNull(node());
        }
        return output;
    }

    @OnlyWith(PlanFeatures.STREAMS)
    private @Nullable Event stream(NodeBody.Streaming body) throws Exception {
        if (run.apply(new Event.StreamOpened(run.now(), ticket)) != Offer.ACCEPTED) {
            return null;
        }
        body.run(input, this::emit, this, this);
        return new Event.StreamEnded(run.now(), ticket);
    }

    private void emit(Object value) {
        checkpoint();
        while (demand == 0) {
            wanted.park();
            checkpoint();
        }
        demand--;
        if (run.apply(new Event.StreamItem(run.now(), ticket, value)) != Offer.ACCEPTED) {
            throw new AttemptEndedException("nobody listens to the stream of '" + node() + "'");
        }
        run.breathe();
    }

    private void closeHandles() {
        handles.attemptEnded(thrown ->
                run.platform().log("cleaning up after '" + node() + "' failed: " + thrown));
    }

    /**
     * Lets a streaming body give {@code items} more; the body goes on when {@code turn} is over.
     */
    void grant(int items) {
        demand += items;
        run.after(wanted::unpark);
    }

    /** Ends the attempt: from now on nothing that it does counts. */
    void giveUp() {
        givenUp = true;
        run.after(wanted::unpark);
        Thread running = coroutine;
        if (running != null) {
            run.after(running::interrupt);
        }
    }

    @Override
    public boolean isCurrent() {
        return !givenUp;
    }

    @Override
    public String runId() {
        return run.id();
    }

    @Override
    public String flow() {
        return prepared.flow().name();
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

    /** No timer fires while code runs, so a body that computes finds out here that time is over. */
    @Override
    public void checkpoint() {
        long now = run.now();
        if (!givenUp && now >= dueNanos) {
            run.apply(new Event.TimerFired(now, ticket));
        }
        if (!givenUp && now >= run.deadlineAtNanos()) {
            run.apply(new Event.TimerFired(now, Machine.DEADLINE_TIMER));
        }
        if (givenUp) {
            throw new AttemptEndedException("the attempt at '" + node() + "' was given up");
        }
    }

    @Override
    public OptionalLong remainingNanos() {
        return run.remainingNanos();
    }

    @Override
    public <H> H get(Token<H> token) {
        return handles.get(token);
    }
}
