package dev.flowir.kernel.journal;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Handles;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.ExecutionListener.AttemptEnd;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.machine.CommandHandler;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Interruption;
import dev.flowir.kernel.machine.Outcome;
import dev.flowir.kernel.machine.TimerKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What a machine asked for, sorted; and the bodies that only compute. */
final class Workings implements CommandHandler {

    private final PinnedFlow flow;
    private final String runId;
    private final RunWatch watch;
    private final Queue<Step> invoked = new ArrayDeque<>();
    private final Map<Long, Long> timers = new LinkedHashMap<>();
    private List<Long> interrupted = new ArrayList<>();
    private @Nullable Object output;
    private @Nullable Outcome failure;
    private boolean over;

    Workings(PinnedFlow flow, String runId, RunWatch watch) {
        this.flow = flow;
        this.runId = runId;
        this.watch = watch;
    }

    @Nullable Step next() {
        return invoked.poll();
    }

    /** Timers that are armed and when they are due. */
    Map<Long, Long> timers() {
        return timers;
    }

    List<Long> takeInterrupted() {
        List<Long> taken = interrupted;
        interrupted = new ArrayList<>();
        return taken;
    }

    Optional<Object> output() {
        return Optional.ofNullable(output);
    }

    /** True when it is called for the first time. */
    boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    Optional<Outcome> failure() {
        return Optional.ofNullable(failure);
    }

    // ---- computing

    /** Runs the bodies of a segment that only computes. */
    Event compute(Step step, long now) {
        Plan plan = flow.plan();
        Object value = step.input();
        int at = step.node();
        long ticket = step.ticket();
        while (true) {
            try {
                value = one(at, value, step.issued());
            } catch (Throwable thrown) { // whatever a body throws is a failure of its node
                return new Event.BodyFailed(now, ticket, at, thrown);
            }
            int next = plan.next(at);
            if (value == NodeBody.NoOutput.NONE) {
                return new Event.BodyEmpty(now, ticket, at);
            }
            if (next < 0) {
                return new Event.BodyCompleted(now, ticket, at, value);
            }
            at = next;
        }
    }

    private Object one(int node, Object input, Issued issued) throws Exception {
        if (!(flow.body(node) instanceof NodeBody.Single body)) {
            throw new IllegalStateException("a streaming body only streams");
        }
        Pure context = new Pure(runId, flow, node, issued);
        AttemptEnd end = AttemptEnd.FAILED;
        watch.computing(node, issued.attempt());
        try {
            Object value = checked(body.run(input, context, context), node);
            end = value == NodeBody.NoOutput.NONE ? AttemptEnd.EMPTY : AttemptEnd.COMPLETED;
            return value;
        } finally {
            watch.computed(node, issued.attempt(), end);
        }
    }

    @SuppressWarnings("ConstantValue") // a user's body can return null whatever its type says
    private Object checked(@Nullable Object value, int node) {
        if (value == null) {
            throw new NullPointerException(
                    "the body of '"
                            + flow.alias(node)
                            + "' returned null; a body without output returns "
                            + "NodeBody.NoOutput.NONE");
        }
        return value;
    }

    /** A signal as the output of the node that waited for it. */
    Event received(Step step, Payload payload, long now) {
        try {
            Object value = flow.decode(step.node(), payload).object();
            return new Event.BodyCompleted(now, step.ticket(), step.node(), value);
        } catch (CodecException e) {
            RecordedException error =
                    new RecordedException("CodecException", String.valueOf(e.getMessage()), false);
            return new Event.BodyFailed(now, step.ticket(), step.node(), error);
        }
    }

    /** What a body that only computes sees: nothing that could differ in a replay. */
    private record Pure(String runId, PinnedFlow pinned, int index, Issued issued)
            implements NodeContext, Handles {

        @Override
        public String flow() {
            return pinned.name();
        }

        @Override
        public String node() {
            return pinned.alias(index);
        }

        @Override
        public int attempt() {
            return issued.attempt();
        }

        @Override
        public String idempotencyKey() {
            return flow() + "/" + runId + "/" + node() + "/" + Long.toHexString(issued.item());
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public void checkpoint() {
            // a body that only computes is never given up half way
        }

        @Override
        public OptionalLong remainingNanos() {
            return OptionalLong.empty();
        }

        @Override
        public <H> H get(Token<H> token) {
            throw new IllegalArgumentException(
                    "node '" + node() + "' only computes and cannot use " + token);
        }
    }

    // ---- what the machine asks for

    @Override
    public void invoke(
            long ticket, int node, int attempt, long item, Object input, long limitNanos) {
        invoked.add(new Step(new Issued(ticket, node, attempt, item), input, limitNanos));
    }

    @Override
    public void interrupt(long ticket, int node, Interruption why) {
        interrupted.add(ticket);
        boolean begun = !invoked.removeIf(step -> step.ticket() == ticket);
        if (begun && flow.waits(node).isEmpty()) {
            watch.givenUp(node, why);
        }
    }

    @Override
    public void armTimer(long timer, TimerKind kind, long atNanos) {
        timers.put(timer, atNanos);
    }

    @Override
    public void cancelTimer(long timer) {
        timers.remove(timer);
    }

    @Override
    public void outputReady(Object value) {
        output = value;
    }

    @Override
    public void failed(Outcome outcome) {
        failure = outcome;
    }

    @Override
    public void sideFailed(Outcome outcome) {
        // the result was given before and stands; the failed step is in the journal
        flow.failure(outcome).ifPresent(watch::sideFailed);
    }

    @Override
    public void ended(Outcome outcome) {
        // the machine says so itself
    }

    @Override
    public void streamReady(long ticket) {
        throw neverAsked();
    }

    @Override
    public void streamItem(long ticket, Object item) {
        throw neverAsked();
    }

    @Override
    public void grantDemand(long ticket, int items) {
        throw neverAsked();
    }

    @Override
    public void streamEnded(long ticket, Outcome outcome) {
        throw neverAsked();
    }

    @Override
    public void spillStore(long ticket, int edge, Object payload, long minBytes) {
        throw neverAsked();
    }

    @Override
    public void spillLoad(long ticket, int part, int edge, Object reference) {
        throw neverAsked();
    }

    @Override
    public void spillDelete(int edge, Object reference) {
        throw neverAsked();
    }

    private static IllegalStateException neverAsked() {
        return new IllegalStateException("a pinned flow neither streams nor spills");
    }
}
