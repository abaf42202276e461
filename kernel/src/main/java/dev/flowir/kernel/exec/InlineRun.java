package dev.flowir.kernel.exec;

import dev.flowir.ir.AttemptEndedException;
import dev.flowir.ir.Handles;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A run on a lane, as its bodies see it. Nothing is made before a body asks for it. */
final class InlineRun implements NodeContext, Handles {

    private final InlineFlow flow;
    private final Lane lane;
    private final long turn;
    private final long input;
    private final @Nullable Invocation<?> invocation;
    private @Nullable RunInfo info;

    /** The step whose body runs, or ran last. */
    int step;

    InlineRun(
            InlineFlow flow,
            Lane lane,
            long turn,
            @Nullable Invocation<?> invocation,
            @Nullable RunInfo info) {
        this.info = info;
        this.flow = flow;
        this.lane = lane;
        this.turn = turn;
        this.input = lane.input();
        this.invocation = invocation;
    }

    /** False for what ends an item, and for what is a mistake. */
    static boolean isValue(@Nullable Object output) {
        return output != null && output != NodeBody.NoOutput.NONE;
    }

    /** An output that is there because its step is done. */
    static Object given(@Nullable Object output) {
        if (output == null) {
            throw new IllegalStateException("a step ran before its sources");
        }
        return output;
    }

    /** Number of the input that it works on. */
    long input() {
        return input;
    }

    InlineFlow inline() {
        return flow;
    }

    /** What is known of the run, made when somebody first asks. */
    synchronized RunInfo info() {
        if (info == null) {
            info = flow.info(invocation);
        }
        return info;
    }

    @Override
    public String runId() {
        return info().runId();
    }

    @Override
    public String flow() {
        return flow.name();
    }

    @Override
    public String node() {
        return flow.alias(step);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String idempotencyKey() {
        long item = flow.item(step, input);
        return flow() + "/" + runId() + "/" + node() + "/" + Long.toHexString(item);
    }

    @Override
    public boolean cancelled() {
        return lane.isStopped(turn);
    }

    @Override
    public void checkpoint() {
        if (cancelled()) {
            throw new AttemptEndedException("the attempt at '" + node() + "' was given up");
        }
    }

    @Override
    public OptionalLong remainingNanos() {
        Supplier<OptionalLong> known = lane.remaining();
        if (known != null) {
            return known.get();
        }
        long limit = flow.limitNanos(invocation);
        return limit < 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, limit - LaneWatch.elapsed(lane, turn)));
    }

    /** Nodes that declare a capability do not run on lanes. */
    @Override
    public <H> H get(Token<H> token) {
        throw new IllegalArgumentException("node '" + node() + "' did not declare " + token);
    }
}
