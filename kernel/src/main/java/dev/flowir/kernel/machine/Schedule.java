package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The order in which the nodes of a plan run when nothing is decided on the way: no route, no node
 * that more than one item reaches. It is not worked out but heard from the machine, which is run
 * once with a payload that stands for all; so it is the machine's order.
 */
public final class Schedule {

    /** The source of a step that takes the input of the flow. */
    public static final int INPUT = -1;

    private static final Object ANY = new Object();

    private final int[] nodes;
    private final int[][] sources;
    private final int[][] edges;
    private final boolean[] joins;
    private final int capture;

    private Schedule(int[] nodes, int[][] sources, int[][] edges, boolean[] joins, int capture) {
        this.nodes = nodes;
        this.sources = sources;
        this.edges = edges;
        this.joins = joins;
        this.capture = capture;
    }

    /** {@return how many steps there are: one per node that runs} */
    public int steps() {
        return nodes.length;
    }

    /**
     * Node of a step.
     *
     * @param step its place in the order
     * @return index of the node
     */
    public int node(int step) {
        return nodes[step];
    }

    /**
     * Steps whose outputs a step gets.
     *
     * @param step its place in the order
     * @return the steps, several for a join; {@link #INPUT} for the flow's input
     */
    public int[] sources(int step) {
        return sources[step].clone();
    }

    /**
     * Says whether a step gets a list of its sources' outputs.
     *
     * @param step its place in the order
     * @return true for a join
     */
    public boolean joins(int step) {
        return joins[step];
    }

    /**
     * Identity of the item that a step works on.
     *
     * @param step its place in the order
     * @param input number of the input
     * @return the identity
     */
    public long item(int step, long input) {
        int[] from = sources[step];
        if (from[0] == INPUT) {
            return Machine.itemOfInput(input);
        }
        if (!joins[step]) {
            return Machine.itemAfter(item(from[0], input), edges[step][0]);
        }
        long item = 0;
        for (int k = 0; k < from.length; k++) {
            long part = Machine.itemAfter(item(from[k], input), edges[step][k]);
            item = Machine.itemJoined(item, part);
        }
        return item;
    }

    /** {@return the step whose output is the flow's} */
    public int capture() {
        return capture;
    }

    /**
     * The schedule of a plan.
     *
     * @param plan the plan
     * @return its schedule; empty when something is decided on the way
     */
    public static Optional<Schedule> of(Plan plan) {
        if (!plan.inline() || plan.loopCount() > 0 || plan.zips() || plan.windowCount() > 0) {
            return Optional.empty();
        }
        for (int n = 0; n < plan.nodeCount(); n++) {
            boolean merges = plan.inCount(n) > 1 && !plan.node(n).joins();
            if (merges || plan.node(n).route().isPresent() || plan.node(n).perItem().isPresent()) {
                return Optional.empty();
            }
        }
        Rehearsal rehearsal = new Rehearsal(plan);
        return rehearsal.finishes() ? Optional.of(rehearsal.schedule()) : Optional.empty();
    }

    /** Runs the machine and writes down what it asks for. */
    private static final class Rehearsal {

        private final Plan plan;
        private final Machine machine;
        private final CommandHandler commands = Command.recorder(this::heard);
        private final ArrayDeque<Command.Invoke> asked = new ArrayDeque<>();
        private final List<Integer> nodes = new ArrayList<>();
        private boolean gave;
        private boolean finished;

        Rehearsal(Plan plan) {
            this.plan = plan;
            this.machine = new Machine(plan, MachineSettings.forOnce());
        }

        boolean finishes() {
            offer(new Event.InputSent(0, ANY));
            for (Command.Invoke next = asked.poll(); next != null; next = asked.poll()) {
                offer(new Event.BodyCompleted(0, next.ticket(), plan.tail(next.node()), ANY));
            }
            return gave && finished;
        }

        private void offer(Event event) {
            machine.offer(event);
            machine.drain(commands, Integer.MAX_VALUE);
        }

        private void heard(Command command) {
            switch (command) {
                case Command.Invoke invoke -> add(invoke);
                case Command.OutputReady ignored -> gave = true;
                case Command.Ended ended -> finished = ended.outcome() instanceof Outcome.Finished;
                default -> {} // failures end without an output
            }
        }

        /** Bodies run in the order in which they are asked for, each segment to its end. */
        private void add(Command.Invoke invoke) {
            asked.add(invoke);
            for (int node = invoke.node(); node >= 0; node = plan.next(node)) {
                nodes.add(node);
            }
        }

        Schedule schedule() {
            int steps = nodes.size();
            int[] order = new int[steps];
            int[] stepOf = new int[plan.nodeCount()];
            Arrays.fill(stepOf, INPUT);
            for (int step = 0; step < steps; step++) {
                order[step] = nodes.get(step);
                stepOf[order[step]] = step;
            }
            int[][] sources = new int[steps][];
            int[][] edges = new int[steps][];
            boolean[] joins = new boolean[steps];
            for (int step = 0; step < steps; step++) {
                int node = order[step];
                sources[step] = new int[Math.max(1, plan.inCount(node))];
                sources[step][0] = INPUT;
                edges[step] = new int[plan.inCount(node)];
                joins[step] = plan.node(node).joins();
                for (int k = 0; k < plan.inCount(node); k++) {
                    edges[step][k] = plan.in(node, k);
                    sources[step][k] = stepOf[plan.edge(edges[step][k]).from()];
                }
            }
            return new Schedule(order, sources, edges, joins, stepOf[plan.capture()]);
        }
    }
}
