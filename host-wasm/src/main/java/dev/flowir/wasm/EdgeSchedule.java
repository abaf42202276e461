package dev.flowir.wasm;

import dev.flowir.ir.BoundNode;
import dev.flowir.ir.Flow;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Site;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A flow that only computes, as the order of its bodies, which was worked out when the worker was
 * built. Gives what the machine gives for its plan, without a plan and without a machine.
 */
final class EdgeSchedule implements EdgeProgram {

    /** The source of a step that takes the input of the flow. */
    private static final int INPUT = -1;

    private final Step[] steps;
    private final String capture;

    private EdgeSchedule(Step[] steps, String capture) {
        this.steps = steps;
        this.capture = capture;
    }

    /** A body in its place. */
    private static final class Step {
        final String alias;
        final NodeBody.Single body;
        final Optional<Site> site;

        /** Steps whose outputs it gets. */
        final int[] sources;

        /** True when it gets them in a list. */
        final boolean joins;

        /** True when the machine would run it in one step with the body before. */
        final boolean goesOn;

        Step(String alias, BoundNode bound, NodeBody.Single body, int[] sources, char kind) {
            this.alias = alias;
            this.body = body;
            this.site = bound.site();
            this.sources = sources;
            this.joins = kind == 'j';
            this.goesOn = kind == 'g';
        }
    }

    /**
     * A schedule; what is written for a worker calls it.
     *
     * @param flow whose bodies they are
     * @param aliases one for each step, the last one's output is the flow's
     * @param sources steps whose outputs a step gets, by step
     * @param kinds by step: {@code j} for a join, {@code g} for what goes on from the step before,
     *     {@code b} for anything else
     */
    static EdgeSchedule of(Flow<?, ?> flow, String[] aliases, int[][] sources, String kinds) {
        Step[] steps = new Step[aliases.length];
        for (int i = 0; i < steps.length; i++) {
            BoundNode bound = flow.node(aliases[i]).orElseThrow();
            if (!(bound.body() instanceof NodeBody.Single body)) {
                throw new IllegalStateException("'" + aliases[i] + "' gives a stream");
            }
            steps[i] = new Step(aliases[i], bound, body, sources[i], kinds.charAt(i));
        }
        return new EdgeSchedule(steps, aliases[aliases.length - 1]);
    }

    @Override
    public EdgeReply answer(EdgeCall call, Object input, EdgeLimit limit) {
        return switch (run(call.platform(), input, limit)) {
            case Result.Value<Object> value -> call.answer(value.value());
            case Result.Failed<Object> failed -> call.fail(failed.failure());
        };
    }

    @Override
    public Optional<Failure> run(Platform platform, Object input, EdgeLimit limit, String id) {
        return run(platform, input, limit) instanceof Result.Failed<Object> failed
                ? Optional.of(failed.failure())
                : Optional.empty();
    }

    @SuppressWarnings({"ConstantValue", "NullAway"}) // bodies that only compute get nothing else
    Result<Object> run(Platform platform, Object input, EdgeLimit limit) {
        if (limit.nanos() == 0) {
            return late(limit, "", "");
        }
        long dueNanos = platform.nowNanos() + limit.nanos();
        @Nullable Object[] given = new Object[steps.length];
        Object last = input;
        for (int i = 0; i < steps.length; i++) {
            Step step = steps[i];
            if (step.goesOn && platform.nowNanos() >= dueNanos) {
                String stopped = steps[i - 1].alias;
                return late(limit, stopped, "while '" + stopped + "' was running");
            }
            Object output;
            try {
                output = step.body.run(taken(step, input, given), null, null);
            } catch (Throwable thrown) { // whatever a body throws is a failure of its node
                return failed(step, thrown);
            }
            if (output == null) {
                return failed(step, NodeBody.gaveNull(step.alias));
            }
            if (output == NodeBody.NoOutput.NONE) {
                return new Result.Failed<>(
                        new Failure.MissingOutput(
                                "'" + step.alias + "' gave no output for '" + capture + "'"));
            }
            given[i] = output;
            last = output;
        }
        return new Result.Value<>(last);
    }

    private static Object taken(Step step, Object input, @Nullable Object[] given) {
        if (!step.joins) {
            return value(step.sources[0], input, given);
        }
        Object[] parts = new Object[step.sources.length];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = value(step.sources[k], input, given);
        }
        return List.of(parts);
    }

    private static Object value(int source, Object input, @Nullable Object[] given) {
        Object value = source == INPUT ? input : given[source];
        if (value == null) {
            throw new IllegalStateException("a step ran before its sources");
        }
        return value;
    }

    private static Result<Object> failed(Step step, Throwable thrown) {
        return new Result.Failed<>(new Failure.NodeFailed(step.alias, step.site, 1, thrown));
    }

    private static Result<Object> late(EdgeLimit limit, String stopped, String doing) {
        return new Result.Failed<>(limit.passed(limit.nanos(), stopped, doing));
    }
}
