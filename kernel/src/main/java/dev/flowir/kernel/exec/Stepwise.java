package dev.flowir.kernel.exec;

import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.Execution;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs a schedule step by step, from arrays. */
final class Stepwise extends Program {

    private static final int JOINS = -2;

    /** Runs after which compiling pays: it costs about as much as some thousand of them. */
    private static final int HOT = 2_000;

    private final NodeBody.Single[] bodies;

    /** Where the input of a step is; {@link Schedule#INPUT} for the flow's, {@link #JOINS}. */
    private final int[] from;

    private final int[][] joined;
    private final int capture;
    private final boolean counts;

    /** Runs so far, roughly: threads may overwrite each other's count. */
    private int runs;

    Stepwise(Schedule schedule, NodeBody.Single[] bodies, boolean[] joins, Execution execution) {
        this.counts = execution == Execution.ADAPTIVE;
        int steps = schedule.steps();
        this.bodies = bodies;
        this.from = new int[steps];
        this.joined = new int[steps][];
        this.capture = schedule.capture();
        for (int step = 0; step < steps; step++) {
            joined[step] = schedule.sources(step);
            from[step] = joins[step] ? JOINS : joined[step][0];
        }
    }

    @Override
    Object run(
            InlineFlow flow,
            Lane lane,
            long turn,
            @Nullable Invocation<?> invocation,
            @Nullable RunInfo info,
            Object input) {
        if (counts && runs <= HOT && ++runs == HOT) {
            flow.becameHot();
        }
        InlineRun run = new InlineRun(flow, lane, turn, invocation, info);
        NodeBody.Single[] all = bodies;
        @Nullable Object[] values = new Object[all.length];
        int step = 0;
        try {
            for (; step < all.length; step++) {
                run.step = step;
                Object output = all[step].run(input(step, values, input), run, run);
                if (!InlineRun.isValue(output) || lane.isStopped(turn)) {
                    return new Exit(run, input, step, values, null, output);
                }
                values[step] = output;
            }
        } catch (Throwable thrown) { // whatever a body throws is a failure of its node
            return new Exit(run, input, step, values, thrown, null);
        }
        return InlineRun.given(values[capture]);
    }

    @Override
    Object feed(Loop at, Iterator<?> source, Consumer<Object> sink) {
        InlineFlow flow = at.flow();
        while (source.hasNext()) {
            Object input = source.next();
            if (!at.begins(input)) {
                return Pause.HELD;
            }
            Object output = run(flow, at.lane(), at.turn(), at.each(), at.info(), input);
            if (output instanceof Exit) {
                return output;
            }
            at.ends();
            sink.accept(output);
            if (flow.program() != this) {
                return Pause.AGAIN;
            }
        }
        return Pause.EMPTY;
    }

    private Object input(int step, @Nullable Object[] values, Object input) {
        int at = from[step];
        if (at >= 0) {
            return InlineRun.given(values[at]);
        }
        return at == Schedule.INPUT ? input : join(joined[step], values);
    }

    private static Object join(int[] sources, @Nullable Object[] values) {
        if (sources.length == 2) { // the list that costs least
            return List.of(
                    InlineRun.given(values[sources[0]]), InlineRun.given(values[sources[1]]));
        }
        Object[] parts = new Object[sources.length];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = InlineRun.given(values[sources[k]]);
        }
        return List.of(parts);
    }
}
