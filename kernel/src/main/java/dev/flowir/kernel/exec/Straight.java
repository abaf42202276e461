package dev.flowir.kernel.exec;

import dev.flowir.ir.Body;
import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.Schedule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a schedule in which each step takes what the step before gave, and bodies get nothing else:
 * one call for each, from an array of them. What was given is in a local variable; nothing is made
 * for the run before it is left.
 */
final class Straight extends Stepping {

    private final Body.Pure<Object, Object>[] functions;

    /** Steps before the first function, which only pass the input on. */
    private final int passing;

    private Straight(Body.Pure<Object, Object>[] functions, int passing, boolean counts) {
        super(counts);
        this.functions = functions;
        this.passing = passing;
    }

    /** A program for the schedule; empty when it is not of this kind. */
    static Optional<Program> of(Schedule schedule, NodeBody.Single[] bodies, boolean counts) {
        int steps = schedule.steps();
        if (schedule.capture() != steps - 1) {
            return Optional.empty();
        }
        int passing = passing(bodies);
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        Body.Pure<Object, Object>[] functions = new Body.Pure[steps - passing];
        for (int step = 0; step < steps; step++) {
            if (schedule.joins(step) || schedule.sources(step)[0] != step - 1) {
                return Optional.empty();
            }
            if (step >= passing) {
                if (!(bodies[step] instanceof NodeBody.Computing computing)) {
                    return Optional.empty();
                }
                functions[step - passing] = computing.function();
            }
        }
        return Optional.of(new Straight(functions, passing, counts));
    }

    @Override
    Object run(
            InlineFlow flow,
            Lane lane,
            long turn,
            @Nullable Invocation<?> invocation,
            @Nullable RunInfo info,
            Object input) {
        count(flow);
        Body.Pure<Object, Object>[] all = functions;
        Object now = input;
        Object output = input;
        Throwable thrown = null;
        int at = 0;
        try {
            while (at < all.length) {
                output = all[at].apply(now);
                if (!InlineRun.isValue(output) || lane.isStopped(turn)) {
                    break;
                }
                now = output;
                at++;
            }
            if (at == all.length) {
                return now;
            }
        } catch (Throwable whatever) { // whatever a body throws is a failure of its node
            thrown = whatever;
            output = null;
        }
        InlineRun run = new InlineRun(flow, lane, turn, invocation, info);
        run.step = passing + at;
        return new Exit(run, input, run.step, values(run.step, now), thrown, output);
    }

    /** What is known of the outputs before a step that got {@code last}. */
    private @Nullable Object[] values(int step, Object last) {
        @Nullable Object[] values = used(passing + functions.length, step);
        if (step > 0) {
            values[step - 1] = last;
        }
        return values;
    }
}
