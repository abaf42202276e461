package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanEdge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a simulation knows of the machine it explores, and what must hold after every event and at
 * the end.
 */
abstract class Simulated implements CommandHandler {

    /** An attempt that was asked for and has not been answered. */
    record Running(long ticket, int node, int number, long item, Object input, long limit) {}

    record Spill(long ticket, int edge, Object payload, long minBytes) {}

    record Load(long ticket, int part, int edge, Object reference) {}

    static final int SPILLED_BYTES = 100;
    static final int MOST_STEPS = 200_000;

    final Rng rng;
    final boolean calm;
    final boolean once;
    final RandomPlan made;
    final Plan plan;
    final Behaviour behaviour;
    final MachineSettings settings;
    final Machine machine;
    final List<Event> events = new ArrayList<>();
    final List<Command> commands = new ArrayList<>();
    final CommandHandler recorder = Command.recorder(commands::add);
    final Map<Long, Running> running = new LinkedHashMap<>();
    final List<Running> abandoned = new ArrayList<>();
    final List<Running> started = new ArrayList<>();
    final StreamSide stream = new StreamSide();
    final Map<Long, Long> timers = new TreeMap<>();
    final List<Spill> spills = new ArrayList<>();
    final List<Load> loads = new ArrayList<>();
    final Map<Object, Object> store = new LinkedHashMap<>();
    final Map<Integer, List<Long>> worked = new HashMap<>();
    final Map<Long, Integer> lastAttempt = new HashMap<>();
    final Map<Long, Long> lastSequence = new HashMap<>();
    final long[] sequences;
    final int[] paths;
    long now = 1_000;
    long references;
    int sent;
    int outputs;
    int waiting;
    Outcome told;
    Outcome ended;
    boolean disturbed;
    boolean closed;
    boolean compared;

    Simulated(long seed, MachineObserver observer) {
        this.rng = new Rng(seed);
        this.calm = rng.chance(40);
        this.once = rng.chance(50);
        this.made = new RandomPlan(rng, calm);
        this.plan = made.make();
        this.behaviour = new Behaviour(seed, calm);
        MachineSettings base =
                once ? MachineSettings.forOnce() : MachineSettings.forMany(1 + rng.below(4));
        this.settings =
                !calm && rng.chance(20) ? base.within(1_000_000L * (1 + rng.below(50))) : base;
        this.machine = new Machine(plan, settings, observer);
        this.sequences = new long[plan.nodeCount()];
        this.paths = paths();
    }

    /** Most items of one input that can cross each edge. */
    int[] paths() {
        int[] most = new int[plan.edgeCount()];
        for (int k = 0; k < plan.nodeCount(); k++) {
            int node = plan.ordered(k);
            int sum = node == plan.trigger() ? 1 : 0;
            for (int in = 0; in < plan.inCount(node); in++) {
                sum += most[plan.in(node, in)];
            }
            for (int out = 0; out < plan.outCount(node); out++) {
                most[plan.out(node, out)] = sum;
            }
        }
        return most;
    }

    /** Runs to the end and checks what came out. */
    void run() {
        int inputs = once ? 1 : 1 + rng.below(8);
        int step = 0;
        while (ended == null) {
            if (step++ > MOST_STEPS) {
                throw new AssertionError("the run does not end: " + running + " " + spills);
            }
            act(inputs);
            check();
        }
        afterwards();
        replay();
    }

    /** True when the outcome was compared with the oracle's, item by item. */
    boolean isCompared() {
        return compared;
    }

    final void check() {
        for (int e = 0; e < plan.edgeCount(); e++) {
            PlanEdge edge = plan.edge(e);
            boolean joins = plan.node(edge.to()).joins() && !plan.node(edge.to()).zips();
            int most = joins ? settings.captureCapacity() * paths[e] : edge.totalCapacity();
            int mostInMemory = joins && edge.spill().isEmpty() ? most : edge.capacity();
            if (machine.depthInMemory(e) > mostInMemory || machine.depth(e) > most) {
                throw new AssertionError(
                        "edge "
                                + edge
                                + " holds "
                                + machine.depth(e)
                                + ", in memory "
                                + machine.depthInMemory(e));
            }
        }
        if (machine.permits() < 0 || machine.outputsWaiting() > settings.captureCapacity()) {
            throw new AssertionError("more is outstanding than allowed");
        }
        if (once && outputs > 1) {
            throw new AssertionError("one input, " + outputs + " results");
        }
    }

    void afterwards() {
        if (!machine.isEnded() || machine.hasCommands() || !running.isEmpty()) {
            throw new AssertionError("ended, but not over: " + running);
        }
        if (stream.isOpen()) {
            throw new AssertionError("a stream is left open");
        }
        if (!timers.isEmpty()) {
            throw new AssertionError("timers are left: " + timers);
        }
        spills.forEach(spill -> {
            if (machine.offer(new Event.SpillStored(now, spill.ticket(), 0L, 1)) != Offer.LATE) {
                throw new AssertionError("a store after the end");
            }
        });
        if (!store.isEmpty()) {
            throw new AssertionError("spilled items are left: " + store);
        }
        if (machine.offer(new Event.InputSent(now, "late")) != Offer.CLOSED) {
            throw new AssertionError("an input after the end");
        }
        compare();
    }

    /** Compares what happened with what must happen, where it does not depend on order. */
    void compare() {
        int captures = 0;
        Map<Integer, List<Long>> expected = new HashMap<>();
        for (int input = 0; input < sent; input++) {
            Oracle oracle = new Oracle(plan, made, behaviour, input);
            captures += oracle.captures();
            if (!oracle.isExact() || oracle.isFatal()) {
                return;
            }
            for (int n = 0; n < plan.nodeCount(); n++) {
                expected.computeIfAbsent(n, k -> new ArrayList<>()).addAll(oracle.worked(n));
            }
        }
        if (made.streams()) {
            return;
        }
        if (disturbed || made.drops() || !(ended instanceof Outcome.Finished)) {
            if (!disturbed
                    && !made.drops()
                    && !isNoPath()
                    && !(ended instanceof Outcome.DeadlineExceeded)) {
                throw new AssertionError("ended with " + ended);
            }
            return;
        }
        int wanted = once ? Math.min(1, captures) : captures;
        if (outputs != wanted) {
            throw new AssertionError(outputs + " outputs where there must be " + wanted);
        }
        if (once && wanted == 0 && !(told instanceof Outcome.MissingOutput)) {
            throw new AssertionError("no output, but told " + told);
        }
        compared = true;
        expected.forEach((node, items) -> {
            List<Long> seen = new ArrayList<>(worked.getOrDefault(node, List.of()));
            List<Long> must = new ArrayList<>(items);
            seen.sort(null);
            must.sort(null);
            if (!seen.equals(must)) {
                throw new AssertionError(
                        "node " + node + " worked on " + seen + " instead of " + must);
            }
        });
    }

    boolean isNoPath() {
        return ended instanceof Outcome.MissingOutput missing
                && missing.why() instanceof DeadEnd.NoPath;
    }

    /** The same events give the same commands. */
    void replay() {
        List<Command> again = new ArrayList<>();
        Machine twin = new Machine(plan, settings);
        CommandHandler second = Command.recorder(again::add);
        for (Event event : events) {
            twin.offer(event);
            int drained;
            do {
                drained = twin.drain(second, 1);
            } while (drained > 0);
        }
        if (!commands.toString().equals(again.toString())) { // exceptions have no equality
            throw new AssertionError("a replay of the events gives other commands");
        }
    }

    /** Does one of the things that can happen next, among {@code inputs} inputs. */
    abstract void act(int inputs);
}
