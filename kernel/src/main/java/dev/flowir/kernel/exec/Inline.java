package dev.flowir.kernel.exec;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.FlowInstance;
import dev.flowir.kernel.InstanceOptions;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.RunInfo;
import java.time.Duration;
import java.util.Optional;
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
    private final boolean observed;

    /** Runs flows on the lanes of the environment's gate. */
    public Inline(Preparation preparation, Environment environment) {
        this.preparation = preparation;
        this.environment = environment;
        this.gate = environment.gate();
        this.lanes = gate.lanes();
        this.observed = environment.listening().isActive();
    }

    /** True when listeners, if there are any, hear all that they ask for. */
    public static boolean serves(Listening listening) {
        return listening.hearsOnlyRuns();
    }

    /**
     * Runs {@code asked} with an input and nothing else; null when that must be done in another
     * way: for the flow, or at the moment. Kept small, so that the JIT inlines all of it into the
     * caller; the result then need not be an object.
     */
    public <O> @Nullable Result<O> run(Flow<?, O> asked, Object input) {
        Lane lane = lanes.idle();
        if (lane == null) {
            return null;
        }
        InlineFlow flow = lane.knows(asked) ? lane.known() : prepare(asked, lane);
        Whole whole = flow == null ? null : flow.whole();
        if (flow == null || whole == null) {
            return on(lane, flow, null, input);
        }
        Object output = whole.call(flow, lane, input);
        return output instanceof Left || output == Whole.Refusal.REFUSED
                ? late(output, flow, input)
                : new Result.Value<>(InlineFlow.<O>typed(output));
    }

    /** The result of a run that its program left; null when it was not admitted. */
    private <O> @Nullable Result<O> late(Object output, InlineFlow flow, Object input) {
        return output instanceof Left left
                ? finish(left, flow.limitNanos(null), left.elapsedNanos(), input)
                : null;
    }

    /** Runs {@code asked} for a request; null as above. */
    public <O> @Nullable Result<O> run(Flow<?, O> asked, Invocation<?> invocation) {
        Lane lane = lanes.idle();
        return lane == null
                ? null
                : on(
                        lane,
                        lane.knows(asked) ? lane.known() : prepare(asked, lane),
                        invocation,
                        invocation.input());
    }

    private <O> @Nullable Result<O> on(
            Lane lane,
            @Nullable InlineFlow flow,
            @Nullable Invocation<?> invocation,
            Object input) {
        long limit = flow == null ? 0 : flow.limitNanos(invocation);
        if (flow == null || !flow.keeps(limit)) {
            lane.giveBack();
            return null;
        }
        return observed
                ? told(flow, lane, limit, invocation, input)
                : alone(flow, lane, limit, invocation, input);
    }

    /**
     * Runs with nobody listening. Kept small and without what is seldom needed, so that the JIT
     * inlines all of it into the caller; the result then need not be an object.
     */
    private <O> @Nullable Result<O> alone(
            InlineFlow flow,
            Lane lane,
            long limit,
            @Nullable Invocation<?> invocation,
            Object input) {
        long turn = lane.begin(limit);
        Object output;
        try {
            if (!admits(limit)) {
                return null;
            }
            output = flow.program().run(flow, lane, turn, invocation, null, input);
            if (output instanceof Exit exit) { // now: after its end the lane is another run's
                output = Left.of(exit, lane, turn);
            }
        } finally {
            lane.end(turn);
        }
        return output instanceof Left left
                ? finish(left, limit, left.elapsedNanos(), input)
                : new Result.Value<>(InlineFlow.<O>typed(output));
    }

    /** Runs and tells listeners. */
    private <O> @Nullable Result<O> told(
            InlineFlow flow,
            Lane lane,
            long limit,
            @Nullable Invocation<?> invocation,
            Object input) {
        long turn = lane.begin(limit);
        RunInfo info;
        long started;
        Object output;
        try {
            if (!admits(limit)) {
                return null;
            }
            info = flow.info(invocation);
            started = environment.time().nanos();
            tellStarted(info);
            output = flow.program().run(flow, lane, turn, invocation, info, input);
            if (output instanceof Exit exit) {
                output = Left.of(exit, lane, turn);
            }
        } finally {
            lane.end(turn);
        }
        if (output instanceof Left left && left.stop() == null) { // the rest tells of the end
            return finish(left, limit, environment.time().nanos() - started, input);
        }
        Result<O> result =
                output instanceof Left left
                        ? finish(left, limit, 0, input)
                        : new Result.Value<>(InlineFlow.<O>typed(output));
        tellEnded(info, result, environment.time().nanos() - started);
        return result;
    }

    /** Whether a run may go on; asked when it can be seen: see {@link Gate#close}. */
    private boolean admits(long limit) {
        if (!gate.admitsOnLane()) {
            return false;
        }
        if (limit >= 0) {
            lanes.watch().expect();
        }
        return true;
    }

    private <O> Result<O> finish(Left left, long limit, long sinceNanos, Object input) {
        Lane.Stop stop = left.stop();
        return stop == null
                ? this.<O>rest(left.exit(), limit, sinceNanos).complete(input)
                : stopped(left.exit(), stop, limit);
    }

    /**
     * An instance of {@code flow}; null when that must be had in another way. Takes the place that
     * the gate gave.
     */
    public <I, O> @Nullable FlowInstance<I, O> open(
            InlineFlow flow, RunInfo info, InstanceOptions options) {
        long limit =
                environment.watchdogs()
                        ? options.deadline().map(Nanos::of).orElse(Lane.NO_LIMIT)
                        : Lane.NO_LIMIT;
        return observed || limit == 0 || !flow.endsWithCapture()
                ? null
                : new InlineInstance<I, O>(
                                this,
                                flow,
                                info,
                                gate,
                                environment.time(),
                                options.captureCapacity(),
                                limit)
                        .enter();
    }

    /**
     * The rest of an input of an instance, which a program left: its output, its failure, or the
     * end for neither.
     */
    <O> FlowInstance.Next<O> rest(Exit exit) {
        InlineFlow flow = exit.run().inline();
        gate.readmit();
        return new DirectInstance<Object, O>(
                        environment, flow.prepared(), exit.run().info(), gate, flow.replay(exit, 0))
                .complete(exit.input());
    }

    void tellStarted(RunInfo info) {
        environment.listening().tell(info, to -> to.runStarted(info));
    }

    void tellEnded(RunInfo info, Result<?> result, long nanos) {
        Optional<Failure> failure =
                result instanceof Result.Failed<?> failed
                        ? Optional.of(failed.failure())
                        : Optional.empty();
        environment.listening().tell(info, to -> to.runEnded(info, failure, nanos));
    }

    private @Nullable InlineFlow prepare(Flow<?, ?> flow, Lane lane) {
        InlineFlow inline =
                preparation.of(flow) instanceof Preparation.Ready ready ? ready.inline() : null;
        lane.remember(flow, inline);
        return inline;
    }

    /** What a run gave that was stopped. */
    static <O> Result<O> stopped(Exit exit, Lane.Stop stop, long limitNanos) {
        InlineFlow flow = exit.run().inline();
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

    /** What is left of a run, for the machine to go on with. */
    <O> DirectRun<O> rest(Exit exit, long limitNanos, long elapsedNanos) {
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
        rest.reenter();
        return rest;
    }
}
