package dev.flowir.ir.plan;

import dev.flowir.ir.FlowDefinition;
import java.util.Arrays;
import java.util.Optional;

/**
 * A flow as arrays: what the machine runs. Aliases exist for people, indexes for the machine. Made
 * by {@link Lowering}; immutable.
 *
 * <p>Adjacent inline nodes form a <em>segment</em>, run in one step: a chain whose inner edges have
 * one source, one target and default settings, and whose inner nodes have no route, no error
 * handler and are not the capture. A segment is known by its head; every node has a head, most
 * often itself.
 */
public final class Plan {

    private static final int NONE = -1;

    private final FlowDefinition definition;
    private final PlanNode[] nodes;
    private final PlanEdge[] edges;
    private final int[][] ins;
    private final int[][] outs;
    private final int[] order;
    private final int trigger;
    private final int capture;
    private final Loop[] loops;
    private final Race[] races;
    private final Windowing[] windows;
    private final int[] head;
    private final int[] next;
    private final int[] tail;
    private final boolean[] leadsToCapture;
    private final int[] firstPlace;
    private final int[] placed;
    private final boolean inline;
    private final boolean joins;
    private final boolean zips;
    private final boolean paced;
    private final boolean limited;

    Plan(
            FlowDefinition definition,
            PlanNode[] nodes,
            PlanEdge[] edges,
            int[][] ins,
            int[][] outs,
            int[] order,
            int trigger,
            int capture,
            Segments segments,
            Loop[] loops,
            Race[] races,
            Windowing[] windows) {
        this.definition = definition;
        this.nodes = nodes;
        this.edges = edges;
        this.ins = ins;
        this.outs = outs;
        this.order = order;
        this.trigger = trigger;
        this.capture = capture;
        this.loops = loops;
        this.races = races;
        this.windows = windows;
        this.head = segments.head();
        this.next = segments.next();
        this.tail = segments.tail();
        this.leadsToCapture = leadsTo(capture);
        this.firstPlace = firstPlaces();
        this.placed = placed();
        boolean allInline = true;
        boolean anyJoin = false;
        boolean anyZip = false;
        boolean anyRate = false;
        boolean anyLimit = false;
        for (PlanNode node : nodes) {
            allInline &= node.inline() && node.rate().isEmpty();
            anyJoin |= node.joins();
            anyZip |= node.zips();
            anyRate |= node.rate().isPresent();
            anyLimit |= node.concurrency() > 0;
        }
        for (PlanEdge edge : edges) {
            allInline &= edge.spill().isEmpty();
        }
        this.inline = allInline;
        this.joins = anyJoin;
        this.zips = anyZip;
        this.paced = anyRate;
        this.limited = anyLimit;
    }

    /** A segment has as many places as bodies of its head may run at a time. */
    private int[] firstPlaces() {
        int[] first = new int[nodes.length + 1];
        for (int n = 0; n < nodes.length; n++) {
            first[n + 1] = first[n] + (head[n] == n ? nodes[n].width() : 0);
        }
        return first;
    }

    private int[] placed() {
        int[] at = new int[firstPlace[nodes.length]];
        for (int n = 0; n < nodes.length; n++) {
            Arrays.fill(at, firstPlace[n], firstPlace[n + 1], n);
        }
        return at;
    }

    /** {@return bodies that can run at a time, of all nodes together} */
    public int places() {
        return placed.length;
    }

    /**
     * The first of a node's places, which are adjacent.
     *
     * @param node index of the head of a segment
     * @return number of the place
     */
    public int firstPlace(int node) {
        return firstPlace[node];
    }

    /**
     * The node that a place belongs to.
     *
     * @param place number of the place
     * @return index of the node
     */
    public int placed(int place) {
        return placed[place];
    }

    /** {@return the definition that was lowered} */
    public FlowDefinition definition() {
        return definition;
    }

    /** {@return number of nodes} */
    public int nodeCount() {
        return nodes.length;
    }

    /**
     * {@return the node at {@code index}}
     *
     * @param index from 0
     */
    public PlanNode node(int index) {
        return nodes[index];
    }

    /** {@return what undoes the first node that is undone when the run fails} */
    public Optional<UndoneBy> undoes() {
        for (PlanNode node : nodes) {
            if (node.undoneBy().isPresent()) {
                return node.undoneBy();
            }
        }
        return Optional.empty();
    }

    /**
     * {@return whether the node at {@code index} undoes another}
     *
     * @param index from 0
     */
    public boolean isUndo(int index) {
        for (PlanNode node : nodes) {
            if (node.undoneBy().isPresent() && node.undoneBy().get().node() == index) {
                return true;
            }
        }
        return false;
    }

    /** {@return number of edges} */
    public int edgeCount() {
        return edges.length;
    }

    /**
     * {@return the edge at {@code index}}
     *
     * @param index from 0
     */
    public PlanEdge edge(int index) {
        return edges[index];
    }

    /**
     * {@return number of edges into {@code node}}
     *
     * @param node index of a node
     */
    public int inCount(int node) {
        return ins[node].length;
    }

    /**
     * {@return the {@code k}-th edge into {@code node}: in the order of the join for a joining
     * node, else in the document's order}
     *
     * @param node index of a node
     * @param k from 0
     */
    public int in(int node, int k) {
        return ins[node][k];
    }

    /**
     * {@return number of edges out of {@code node}}
     *
     * @param node index of a node
     */
    public int outCount(int node) {
        return outs[node].length;
    }

    /**
     * {@return the {@code k}-th edge out of {@code node}, in the document's order}
     *
     * @param node index of a node
     * @param k from 0
     */
    public int out(int node, int k) {
        return outs[node][k];
    }

    /**
     * {@return the {@code k}-th node in an order in which every edge leads forward}
     *
     * @param k from 0
     */
    public int ordered(int k) {
        return order[k];
    }

    /** {@return number of loops} */
    public int loopCount() {
        return loops.length;
    }

    /**
     * {@return the loop at {@code index}}
     *
     * @param index from 0
     */
    public Loop loop(int index) {
        return loops[index];
    }

    /** {@return number of races} */
    public int raceCount() {
        return races.length;
    }

    /**
     * {@return the race at {@code index}}
     *
     * @param index from 0
     */
    public Race race(int index) {
        return races[index];
    }

    /** {@return number of nodes that give windows of what they take} */
    public int windowCount() {
        return windows.length;
    }

    /**
     * {@return how windows number {@code index} are made}
     *
     * @param index from 0
     */
    public Windowing window(int index) {
        return windows[index];
    }

    /** {@return index of the node that takes the input} */
    public int trigger() {
        return trigger;
    }

    /** {@return index of the node whose output is the flow's} */
    public int capture() {
        return capture;
    }

    /**
     * {@return the first node of the segment that {@code node} belongs to}
     *
     * @param node index of a node
     */
    public int head(int node) {
        return head[node];
    }

    /**
     * {@return the last node of the segment whose head is {@code node}}
     *
     * @param node index of a node
     */
    public int tail(int node) {
        return tail[node];
    }

    /**
     * {@return the node after {@code node} in its segment; -1 when it is the last}
     *
     * @param node index of a node
     */
    public int next(int node) {
        return next[node];
    }

    /**
     * {@return true when a path of edges leads from {@code node} to the capture, or it is the
     * capture}
     *
     * @param node index of a node
     */
    public boolean leadsToCapture(int node) {
        return leadsToCapture[node];
    }

    /** {@return true when some node joins by position} */
    public boolean zips() {
        return zips;
    }

    /** {@return true when some node has a rate} */
    public boolean paced() {
        return paced;
    }

    /** {@return true when some node says how many of its bodies may run at a time} */
    public boolean limited() {
        return limited;
    }

    /** {@return true when every body may run on the thread that drives the run, at once} */
    public boolean inline() {
        return inline;
    }

    /** {@return true when some node joins} */
    public boolean joins() {
        return joins;
    }

    /**
     * Names an edge for people: {@code from -> to}.
     *
     * @param edge index of an edge
     * @return the name
     */
    public String edgeName(int edge) {
        return nodes[edges[edge].from()].alias() + " -> " + nodes[edges[edge].to()].alias();
    }

    /**
     * {@return the index of the node called {@code alias}; -1 when there is none}
     *
     * @param alias alias of a node
     */
    public int indexOf(String alias) {
        for (PlanNode node : nodes) {
            if (node.alias().equals(alias)) {
                return node.index();
            }
        }
        return NONE;
    }

    private boolean[] leadsTo(int goal) {
        boolean[] leads = new boolean[nodes.length];
        for (int k = order.length - 1; k >= 0; k--) {
            int node = order[k];
            leads[node] = node == goal;
            for (int edge : outs[node]) {
                leads[node] |= leads[edges[edge].to()];
            }
        }
        return leads;
    }
}
