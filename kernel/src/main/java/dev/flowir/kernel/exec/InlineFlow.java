package dev.flowir.kernel.exec;

import dev.flowir.ir.Flow;
import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.Execution;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Schedule;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A flow that only computes, ready to run on lanes. */
public final class InlineFlow {

    private final Prepared prepared;
    private final Schedule schedule;
    private final RunIds ids;
    private final long defaultLimitNanos;
    private final boolean watched;
    private final NodeBody.Single[] bodies;
    private final boolean[] joins;
    private final Entrance entrance;
    private final boolean keepsTime;
    private final boolean observed;

    /** The program in use. Racy on purpose: each program there ever is gives the same. */
    private Program program;

    /** The same, when it begins and ends runs itself and may; racy too. */
    private @Nullable Whole whole;

    private InlineFlow(
            Prepared prepared,
            Schedule schedule,
            NodeBody.Single[] bodies,
            boolean[] joins,
            Environment environment) {
        this.prepared = prepared;
        this.schedule = schedule;
        this.bodies = bodies;
        this.joins = joins;
        this.ids = environment.ids();
        this.watched = environment.watchdogs();
        this.defaultLimitNanos = environment.defaultLimitNanos();
        this.keepsTime = environment.time() instanceof SystemTime;
        this.observed = environment.listening().isActive();
        this.entrance = environment.gate().entrance(limitNanos(null));
        this.program = Stepping.of(schedule, bodies, environment.execution());
        if (environment.execution() == Execution.COMPILED
                || environment.execution() == Execution.CHAINED) {
            compile(environment.execution());
        }
    }

    private void compile(Execution execution) {
        Program compiled =
                Compiler.compile(schedule, bodies, joins, entrance, execution).orElse(program);
        program = compiled;
        boolean alone = !observed && keeps(limitNanos(null));
        whole = compiled instanceof Whole it && alone ? it : null;
    }

    /** The flow as one that runs on lanes; null when it cannot. */
    static @Nullable InlineFlow of(Prepared prepared, Environment environment) {
        Optional<Schedule> found =
                environment.execution() == Execution.MACHINE || prepared.usesCapabilities()
                        ? Optional.empty()
                        : Schedule.of(prepared.plan());
        if (found.isEmpty()) {
            return null;
        }
        Schedule schedule = found.get();
        int steps = schedule.steps();
        NodeBody.Single[] bodies = new NodeBody.Single[steps];
        boolean[] joins = new boolean[steps];
        for (int step = 0; step < steps; step++) {
            if (!(prepared.body(schedule.node(step)) instanceof NodeBody.Single single)) {
                return null;
            }
            bodies[step] = single;
            joins[step] = schedule.joins(step);
        }
        return new InlineFlow(prepared, schedule, bodies, joins, environment);
    }

    /** Has the flow compiled, on another thread. */
    void becameHot() {
        Thread.ofVirtual().name("flowir-compiler").start(() -> compile(Execution.ADAPTIVE));
    }

    Program program() {
        return program;
    }

    /** What runs it from an input alone; null when that takes more than there is in it. */
    @Nullable Whole whole() {
        return whole;
    }

    Prepared prepared() {
        return prepared;
    }

    String name() {
        return prepared.flow().name();
    }

    String alias(int step) {
        return prepared.alias(schedule.node(step));
    }

    long item(int step, long input) {
        return schedule.item(step, input);
    }

    /** True when nothing is left to do once there is an output. */
    boolean endsWithCapture() {
        return schedule.capture() == schedule.steps() - 1;
    }

    /** Time limit of a run; {@link Lane#NO_LIMIT} for none. */
    long limitNanos(@Nullable Invocation<?> invocation) {
        if (!watched) {
            return Lane.NO_LIMIT;
        }
        return invocation == null || invocation.deadline().isEmpty()
                ? defaultLimitNanos
                : Math.min(MachineSettings.FAR_NANOS, Nanos.of(invocation.deadline().get()));
    }

    /** True when lanes keep a limit; one that has passed already is the machine's to tell. */
    boolean keeps(long limitNanos) {
        return limitNanos != 0 && (limitNanos < 0 || keepsTime);
    }

    RunInfo info(@Nullable Invocation<?> invocation) {
        Flow<?, ?> flow = prepared.flow();
        return invocation == null
                ? RunInfo.of(flow, Map.of(), Map.of(), ids)
                : RunInfo.of(flow, invocation.labels(), invocation.extensions(), ids);
    }

    @SuppressWarnings({
        "unchecked",
        "TypeParameterUnusedInFormals"
    }) // the flow's type says what its capture gives
    static <O> O typed(Object output) {
        return (O) output;
    }

    /** The flow's output, when it was there before the run was left. */
    @Nullable Object captured(Exit exit) {
        int capture = schedule.capture();
        return capture < exit.step() ? exit.values()[capture] : null;
    }

    /** What the machine needs to go on. */
    Replay replay(Exit exit, long elapsedNanos) {
        Replay replay = new Replay(prepared.plan().nodeCount(), exit.run().input(), elapsedNanos);
        for (int step = 0; step < exit.step(); step++) {
            replay.gave(schedule.node(step), exit.values()[step]);
        }
        int node = schedule.node(exit.step());
        Throwable thrown = exit.thrown();
        if (thrown != null) {
            replay.threw(node, thrown);
        } else if (exit.output() == null) {
            replay.threw(node, NodeBody.gaveNull(prepared.alias(node)));
        } else {
            replay.gave(node, exit.output());
        }
        return replay;
    }
}
