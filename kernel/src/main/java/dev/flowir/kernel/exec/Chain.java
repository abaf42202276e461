package dev.flowir.kernel.exec;

import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.Schedule;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as one method handle: a handle for each step, with its body and its sources as
 * constants, each guarding the next. The JVM makes code of a handle that is called often, in which
 * all of this is constant too, so the JIT sees through the bodies as it does in a class made by
 * {@link Compiler}. Needs nothing that is newer than Java 21.
 */
@SuppressWarnings("UnusedMethod") // they are bound by their names
final class Chain extends Program {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** What is known of one input on its way. The JIT finds out that it need not be an object. */
    private static final class Frame {
        private final InlineRun run;
        private final Lane lane;
        private final long turn;
        private final Object input;
        private final @Nullable Object[] values;
        private @Nullable Object output;

        private Frame(InlineRun run, Lane lane, long turn, Object input, int steps) {
            this.run = run;
            this.lane = lane;
            this.turn = turn;
            this.input = input;
            this.values = new Object[steps];
        }

        private Object value(int source) {
            return source == Schedule.INPUT ? input : InlineRun.given(values[source]);
        }
    }

    private final MethodHandle whole;

    private Chain(MethodHandle whole) {
        this.whole = whole;
    }

    /** The chain of a schedule that is not too long. */
    static Chain of(Schedule schedule, NodeBody.Single[] bodies, boolean[] joins) {
        try {
            MethodHandle chain = bound("ends", Object.class, schedule.capture());
            MethodHandle leaves = bound("leaves", Object.class);
            for (int step = schedule.steps() - 1; step >= 0; step--) {
                int[] sources = schedule.sources(step);
                MethodHandle passes =
                        !joins[step]
                                ? bound("passes", boolean.class, bodies[step], step, sources[0])
                                : sources.length == 2
                                        ? bound(
                                                "joinsTwo",
                                                boolean.class,
                                                bodies[step],
                                                step,
                                                sources[0],
                                                sources[1])
                                        : bound(
                                                "joins",
                                                boolean.class,
                                                bodies[step],
                                                step,
                                                sources.clone());
                chain = MethodHandles.guardWithTest(passes, chain, leaves);
            }
            MethodHandle thrown =
                    LOOKUP.findStatic(
                            Chain.class,
                            "thrown",
                            MethodType.methodType(Object.class, Throwable.class, Frame.class));
            MethodHandle begins =
                    LOOKUP.findStatic(
                            Chain.class,
                            "begins",
                            MethodType.methodType(
                                    Frame.class,
                                    int.class,
                                    InlineFlow.class,
                                    Lane.class,
                                    long.class,
                                    Invocation.class,
                                    RunInfo.class,
                                    Object.class));
            return new Chain(
                    MethodHandles.collectArguments(
                            MethodHandles.catchException(chain, Throwable.class, thrown),
                            0,
                            MethodHandles.insertArguments(begins, 0, schedule.steps())));
        } catch (NoSuchMethodException | IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A method of a frame, and what comes before it as constants. */
    private static MethodHandle bound(String name, Class<?> result, Object... constants)
            throws NoSuchMethodException, IllegalAccessException {
        MethodType type = MethodType.methodType(result);
        for (Object constant : constants) {
            type =
                    type.appendParameterTypes(
                            constant instanceof Integer
                                    ? int.class
                                    : constant instanceof int[]
                                            ? int[].class
                                            : NodeBody.Single.class);
        }
        MethodHandle method =
                LOOKUP.findStatic(Chain.class, name, type.appendParameterTypes(Frame.class));
        return MethodHandles.insertArguments(method, 0, constants);
    }

    @Override
    Object run(
            InlineFlow flow,
            Lane lane,
            long turn,
            @Nullable Invocation<?> invocation,
            @Nullable RunInfo info,
            Object input) {
        try {
            return (Object) whole.invokeExact(flow, lane, turn, invocation, info, input);
        } catch (RuntimeException | Error outside) { // no memory or no stack, around the steps
            throw outside;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // ---- what is bound

    private static Frame begins(
            int steps,
            InlineFlow flow,
            Lane lane,
            long turn,
            @Nullable Invocation<?> invocation,
            @Nullable RunInfo info,
            Object input) {
        return new Frame(
                new InlineRun(flow, lane, turn, invocation, info), lane, turn, input, steps);
    }

    private static boolean passes(NodeBody.Single body, int step, int source, Frame frame)
            throws Exception {
        frame.run.step = step;
        return gives(body.run(frame.value(source), frame.run, frame.run), step, frame);
    }

    private static boolean joinsTwo(
            NodeBody.Single body, int step, int first, int second, Frame frame) throws Exception {
        frame.run.step = step;
        List<Object> both = List.of(frame.value(first), frame.value(second)); // as in Stepwise
        return gives(body.run(both, frame.run, frame.run), step, frame);
    }

    private static boolean joins(NodeBody.Single body, int step, int[] sources, Frame frame)
            throws Exception {
        frame.run.step = step;
        Object[] parts = new Object[sources.length];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = frame.value(sources[k]);
        }
        return gives(body.run(List.of(parts), frame.run, frame.run), step, frame);
    }

    private static boolean gives(@Nullable Object output, int step, Frame frame) {
        frame.output = output;
        if (!InlineRun.isValue(output) || frame.lane.isStopped(frame.turn)) {
            return false;
        }
        frame.values[step] = output;
        return true;
    }

    private static Object ends(int capture, Frame frame) {
        return InlineRun.given(frame.values[capture]);
    }

    private static Object leaves(Frame frame) {
        return new Exit(frame.run, frame.input, frame.run.step, frame.values, null, frame.output);
    }

    private static Object thrown(Throwable thrown, Frame frame) {
        return new Exit(frame.run, frame.input, frame.run.step, frame.values, thrown, null);
    }
}
