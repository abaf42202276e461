package dev.flowir.testing;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Done;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeContext;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.cap.AttemptHandles;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.Step;
import dev.flowir.kernel.journal.Undoable;
import java.util.OptionalLong;

/** A step as an engine executes it under a name of its own: the body, and what it sees. */
record EngineStep(PinnedFlow pinned, String runId, Step step) implements NodeContext, Fence {

    /** How a step ended, as an engine keeps it. */
    sealed interface Outcome {}

    /** It gave a value, kept as bytes. */
    record Gave(String bytes) implements Outcome {}

    /** It gave nothing. */
    record Nothing() implements Outcome {}

    /** It failed. */
    record Threw(String type, String message, boolean retriable) implements Outcome {

        static Threw of(Throwable thrown) {
            RecordedException error = RecordedException.of(thrown);
            return new Threw(error.type(), error.getMessage() + "", error.isRetriable());
        }
    }

    /** What an engine calls a step: it means the same in every replay. */
    static String name(PinnedFlow pinned, Step step) {
        return pinned.alias(step.node())
                + "/"
                + Long.toHexString(step.issued().item())
                + "/"
                + step.issued().attempt();
    }

    Outcome run() {
        AttemptHandles handles =
                new AttemptHandles(this, this, token -> pinned.provider(step.node(), token));
        try {
            Object input = step.input();
            if (input instanceof Undoable it) {
                String key = pinned.key(it.node()).of(runId, it.item(), it.input());
                input = new Done<>(it.input(), it.output(), key);
            }
            Object output = ((NodeBody.Single) pinned.body(step.node())).run(input, handles, this);
            return output == NodeBody.NoOutput.NONE
                    ? new Nothing()
                    : new Gave(pinned.value(step.node(), output).encoded().toString());
        } catch (Throwable thrown) { // whatever a body throws is a failure of its node
            return Threw.of(thrown);
        }
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public String flow() {
        return pinned.name();
    }

    @Override
    public String node() {
        return pinned.alias(step.node());
    }

    @Override
    public int attempt() {
        return step.issued().attempt();
    }

    @Override
    public String idempotencyKey() {
        try {
            return pinned.key(step.node()).of(runId, step.issued().item(), step.input());
        } catch (CodecException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void checkpoint() {
        // nobody gives up a step of this engine
    }

    @Override
    public OptionalLong remainingNanos() {
        return OptionalLong.empty();
    }
}
