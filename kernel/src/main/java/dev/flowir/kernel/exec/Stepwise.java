package dev.flowir.kernel.exec;

import dev.flowir.ir.Body;
import dev.flowir.ir.JoinTwo;
import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.Schedule;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs any schedule. What a step gave is in a local variable, where the next finds it; only what is
 * needed later than that is kept in an array. What a body may ask of its run is made when the first
 * body comes that takes it.
 */
final class Stepwise extends Stepping {

    private static final @Nullable Object[] NOTHING = {};

    // Where an item is that is not kept.
    private static final int BEFORE = -1;
    private static final int INPUT = -2;

    /** Where an output goes that the next step needs at most. */
    private static final int NOWHERE = -1;

    /**
     * A step. One of the functions is there when its body gets nothing else.
     *
     * @param body what runs
     * @param one the function of one item
     * @param two the function of two joined items
     * @param first where its item is, or the first that it joins
     * @param second where the second is
     * @param joined where all are that it joins
     * @param into where its output is kept
     */
    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Step(
            NodeBody.Single body,
            Body.@Nullable Pure<Object, Object> one,
            @Nullable JoinTwo<Object, Object, Object> two,
            int first,
            int second,
            int @Nullable [] joined,
            int into) {}

    private final Step[] steps;

    /** Outputs that are kept. */
    private final int kept;

    /** Steps at the beginning that only pass the input on. */
    private final int passing;

    private final int capture;

    Stepwise(Schedule schedule, NodeBody.Single[] bodies, boolean counts) {
        super(counts);
        int count = schedule.steps();
        this.passing = passing(bodies);
        int[] into = new int[count];
        this.kept = keep(schedule, into);
        this.steps = new Step[count];
        for (int step = 0; step < count; step++) {
            int[] from = schedule.sources(step).clone();
            for (int k = 0; k < from.length; k++) {
                from[k] = whereIs(from[k], step, into);
            }
            boolean joins = schedule.joins(step);
            NodeBody.Single body = bodies[step];
            steps[step] =
                    new Step(
                            body,
                            body instanceof NodeBody.Computing it && !joins ? it.function() : null,
                            body instanceof NodeBody.JoiningTwo it && joins && from.length == 2
                                    ? it.function()
                                    : null,
                            from[0],
                            from[from.length - 1],
                            joins ? from : null,
                            into[step]);
        }
        this.capture = whereIs(schedule.capture(), count, into);
    }

    /** Gives each output a place that is needed later than by the next step. */
    private int keep(Schedule schedule, int[] into) {
        Arrays.fill(into, NOWHERE);
        int places = 0;
        for (int step = 0; step <= into.length; step++) {
            int[] from =
                    step == into.length ? new int[] {schedule.capture()} : schedule.sources(step);
            for (int source : from) {
                if (source >= passing && source != step - 1 && into[source] == NOWHERE) {
                    into[source] = places++;
                }
            }
        }
        return places;
    }

    private int whereIs(int source, int step, int[] into) {
        if (source < passing) {
            return INPUT;
        }
        return source == step - 1 ? BEFORE : into[source];
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
        Step[] all = steps;
        @Nullable Object[] values = kept == 0 ? NOTHING : new Object[kept];
        InlineRun run = null;
        Object now = input;
        Object output = null;
        Throwable thrown = null;
        int at = passing;
        try {
            for (; at < all.length; at++) {
                Step step = all[at];
                Body.Pure<Object, Object> one = step.one;
                JoinTwo<Object, Object, Object> two = step.two;
                if (one != null) {
                    output = one.apply(item(step.first, now, values, input));
                } else if (two != null) {
                    output =
                            two.apply(
                                    item(step.first, now, values, input),
                                    item(step.second, now, values, input));
                } else {
                    if (run == null) {
                        run = new InlineRun(flow, lane, turn, invocation, info);
                    }
                    run.step = at;
                    output = step.body.run(items(step, now, values, input), run, run);
                }
                if (!InlineRun.isValue(output) || lane.isStopped(turn)) {
                    break;
                }
                if (step.into >= 0) {
                    values[step.into] = output;
                }
                now = output;
            }
            if (at == all.length) {
                return item(capture, now, values, input);
            }
        } catch (Throwable whatever) { // whatever a body throws is a failure of its node
            thrown = whatever;
            output = null;
        }
        InlineRun left = run == null ? new InlineRun(flow, lane, turn, invocation, info) : run;
        left.step = at;
        return new Exit(left, input, at, known(at, now, values, input), thrown, output);
    }

    private static Object item(int where, Object now, @Nullable Object[] values, Object input) {
        if (where == BEFORE) {
            return now;
        }
        return where == INPUT ? input : InlineRun.given(values[where]);
    }

    private static Object items(Step step, Object now, @Nullable Object[] values, Object input) {
        int[] joined = step.joined;
        if (joined == null) {
            return item(step.first, now, values, input);
        }
        if (joined.length == 2) { // the list that costs least
            return List.of(
                    item(step.first, now, values, input), item(step.second, now, values, input));
        }
        Object[] parts = new Object[joined.length];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = item(joined[k], now, values, input);
        }
        return List.of(parts);
    }

    /** What is known of the outputs before a step, with {@code now} before it. */
    private @Nullable Object[] known(int at, Object now, @Nullable Object[] values, Object input) {
        @Nullable Object[] known = used(steps.length, at);
        for (int step = 0; step < at; step++) {
            if (step < passing) {
                known[step] = input;
            } else if (steps[step].into >= 0) {
                known[step] = values[steps[step].into];
            } else if (step == at - 1) {
                known[step] = now;
            }
        }
        return known;
    }
}
