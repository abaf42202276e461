package dev.flowir.kernel.exec;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs flows that only compute on the thread that calls, without a machine, a lock or an atomic
 * instruction. What is out of the ordinary goes back to the machine.
 */
public final class Inline {

    private final Preparation preparation;
    private final Environment environment;
    private final Gate gate;
    private final Lanes lanes;
    private final boolean keepsTime;

    /**
     * Runs flows on the lanes of a gate.
     *
     * @param keepsTime whether the watch of lanes keeps deadlines; false when the clock is not the
     *     JVM's
     */
    public Inline(Preparation preparation, Environment environment, Gate gate, boolean keepsTime) {
        this.preparation = preparation;
        this.environment = environment;
        this.gate = gate;
        this.lanes = gate.lanes();
        this.keepsTime = keepsTime;
    }

    /**
     * Runs {@code flow}; null when that must be done in another way: for the flow, or at the
     * moment.
     */
    public <O> @Nullable Result<O> run(
            Flow<?, O> asked, Object input, @Nullable Invocation<?> invocation) {
        Lane lane = lanes.idle();
        if (lane == null) {
            return null;
        }
        InlineFlow flow = lane.knows(asked) ? lane.known() : prepare(asked, lane);
        long limit = flow == null ? 0 : flow.limitNanos(invocation);
        if (flow == null || limit == 0 || (limit > 0 && !keepsTime)) {
            lane.giveBack();
            return null;
        }
        long turn = lane.begin(limit);
        Lane.Stop stop = null;
        long elapsed = 0;
        Object output;
        try {
            if (!gate.admitsOnLane()) { // asked when the run can be seen: see Gate.close
                return null;
            }
            if (limit >= 0) {
                lanes.watch().expect();
            }
            output = flow.program().run(flow, lane, turn, invocation, input);
            if (output instanceof Exit) { // asked now: after its end the lane is another run's
                stop = lane.isStopped(turn) ? lane.stop() : null;
                elapsed = LaneWatch.elapsed(lane, turn);
            }
        } finally {
            lane.end(turn);
        }
        return output instanceof Exit exit
                ? this.<O>left(exit, stop, limit, elapsed, input)
                : new Result.Value<>(InlineFlow.<O>typed(output));
    }

    private @Nullable InlineFlow prepare(Flow<?, ?> flow, Lane lane) {
        InlineFlow inline =
                preparation.of(flow) instanceof Preparation.Ready ready ? ready.inline() : null;
        lane.remember(flow, inline);
        return inline;
    }

    private <O> Result<O> left(
            Exit exit, Lane.@Nullable Stop stop, long limitNanos, long elapsedNanos, Object input) {
        InlineRun run = exit.run();
        InlineFlow flow = run.inline();
        if (stop == null) {
            return resume(exit, limitNanos, elapsedNanos, input);
        }
        Object captured = flow.captured(exit);
        if (captured != null) { // what a run gave stays given
            return new Result.Value<>(InlineFlow.<O>typed(captured));
        }
        if (!stop.reason().isEmpty()) {
            return new Result.Failed<>(new Failure.Cancelled(stop.reason()));
        }
        String doing = "while '" + flow.alias(exit.step()) + "' was " + stop.doing();
        return new Result.Failed<>(
                new Failure.DeadlineExceeded(Duration.ofNanos(limitNanos), doing));
    }

    /** Lets the machine go on from where the run was left. */
    private <O> Result<O> resume(Exit exit, long limitNanos, long elapsedNanos, Object input) {
        InlineRun run = exit.run();
        InlineFlow flow = run.inline();
        DirectRun<O> rest =
                new DirectRun<>(
                        environment,
                        flow.prepared(),
                        run.info(),
                        limitNanos,
                        gate,
                        flow.replay(exit, elapsedNanos));
        gate.readmit();
        rest.enter();
        return rest.complete(input);
    }
}
