package dev.flowir.wasm;

import dev.flowir.ir.AttemptEndedException;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Done;
import dev.flowir.ir.Handles;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.cap.AttemptHandles;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.Step;
import dev.flowir.kernel.journal.Undoable;
import dev.flowir.kernel.journal.Value;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One attempt at a step of a durable run: what its body sees, what stops it, and how it ended. */
final class EdgeStep implements NodeContext, Handles, Fence {

    /** What the run is told of the attempt. */
    interface End {
        Entry at(long atNanos);
    }

    private final Platform platform;
    private final PinnedFlow flow;
    private final String run;
    private final String keyed;
    private final Step step;
    private final AttemptHandles handles;
    private Object input;
    private String key = "";
    private boolean givenUp;
    private @Nullable Thread coroutine;

    /**
     * One attempt.
     *
     * @param keyed what stands for the run in idempotency keys: its id, and from the second
     *     generation on which of them it is
     */
    EdgeStep(Platform platform, PinnedFlow flow, String run, String keyed, Step step) {
        this.platform = platform;
        this.flow = flow;
        this.run = run;
        this.keyed = keyed;
        this.step = step;
        this.input = step.input();
        this.handles = new AttemptHandles(this, this, asked -> flow.provider(step.node(), asked));
    }

    /** Runs the body in this coroutine. */
    End run() {
        coroutine = Thread.currentThread();
        try {
            if (step.input() instanceof Undoable it) {
                input = new Done<>(it.input(), it.output(), keyGivenTo(it));
            }
            key = flow.key(step.node()).of(keyed, step.issued().item(), input);
        } catch (CodecException e) {
            return refused(JournalFault.NO_KEY, String.valueOf(e.getMessage()));
        }
        try {
            if (!(flow.body(step.node()) instanceof NodeBody.Single body)) {
                throw new IllegalStateException("a streaming body cannot be a step");
            }
            return end(body.run(input, this, this));
        } catch (Throwable thrown) { // whatever a body throws is a failure of its node
            return failed(RecordedException.of(thrown));
        } finally {
            coroutine = null;
            handles.attemptEnded(
                    thrown -> platform.log("cleaning up after '" + node() + "' failed: " + thrown));
        }
    }

    /** Empty when its input had none: then its body was not called. */
    private String keyGivenTo(Undoable undone) {
        try {
            return flow.key(undone.node()).of(keyed, undone.item(), undone.input());
        } catch (CodecException e) {
            return "";
        }
    }

    @SuppressWarnings("ConstantValue") // a user's body can return null whatever its type says
    private End end(@Nullable Object output) {
        if (output == null) {
            throw NodeBody.gaveNull(node());
        }
        if (output == NodeBody.NoOutput.NONE) {
            return at -> new Entry.Empty(at, step.ticket(), step.node());
        }
        Value value;
        try {
            value = flow.value(step.node(), output);
        } catch (CodecException e) {
            return refused(JournalFault.NOT_ENCODABLE, "the result cannot be recorded: " + e);
        }
        int size = value.encoded().size();
        if (size > EdgeRunLimits.MAX_PAYLOAD_BYTES) {
            return refused(
                    JournalFault.TOO_LARGE,
                    "the result has "
                            + size
                            + " bytes; "
                            + EdgeRunLimits.MAX_PAYLOAD_BYTES
                            + " are allowed");
        }
        return at -> new Entry.Completed(at, step.ticket(), step.node(), value);
    }

    private End refused(JournalFault fault, String why) {
        return failed(
                new RecordedException("ResultRefused", "[" + fault.code() + "] " + why, false));
    }

    private End failed(RecordedException error) {
        return at -> new Entry.Failed(at, step.ticket(), step.node(), error);
    }

    /** Ends the attempt: from now on nothing that it does counts. */
    void giveUp() {
        givenUp = true;
        Thread running = coroutine;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isCurrent() {
        return !givenUp;
    }

    @Override
    public String runId() {
        return run;
    }

    @Override
    public String flow() {
        return flow.name();
    }

    @Override
    public String node() {
        return flow.alias(step.node());
    }

    @Override
    public int attempt() {
        return step.issued().attempt();
    }

    @Override
    public String idempotencyKey() {
        return key;
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
        return OptionalLong.empty();
    }

    @Override
    public <H> H get(Token<H> token) {
        return handles.get(token);
    }
}
