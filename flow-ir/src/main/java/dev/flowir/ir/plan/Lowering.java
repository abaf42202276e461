package dev.flowir.ir.plan;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.Concurrency;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.Determinism;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.FanIn;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Precedence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a definition into a {@link Plan}, or says why it cannot run. The first reason found is the
 * answer, in the reference's order of set-up: the graph, control surfaces in document order,
 * handlers in document order, spill, capture, trigger.
 */
public final class Lowering {

    private final FlowDefinition flow;
    private final Surroundings around;
    private final Map<String, Integer> indexes = new HashMap<>();

    private Lowering(FlowDefinition flow, Surroundings around) {
        this.flow = flow;
        this.around = around;
    }

    /**
     * Lowers a definition.
     *
     * @param flow what to lower
     * @param trigger alias of the node that takes the input
     * @param capture alias of the node whose output is the flow's
     * @param around what lowering must know besides
     * @return the plan, or the first reason why there is none
     */
    public static Lowered lower(
            FlowDefinition flow, String trigger, String capture, Surroundings around) {
        try {
            return new Lowered.Ready(new Lowering(flow, around).plan(trigger, capture));
        } catch (RefusedException refused) {
            return new Lowered.Refused(refused.refusal());
        }
    }

    private Plan plan(String triggerAlias, String captureAlias) throws RefusedException {
        index();
        List<NodeDefinition> defined = flow.nodes();
        int[][] outs = adjacency(true);
        int[][] ins = adjacency(false);
        int[] order = order(ins, outs);
        for (int n = 0; n < defined.size(); n++) {
            if (!defined.get(n).join().isEmpty()) {
                ins[n] = joined(defined.get(n), ins[n]);
            }
            if (defined.get(n).fanIn().isPresent() && defined.get(n).join().size() < 2) {
                String alias = defined.get(n).alias();
                throw graph("CTRL144", "'" + alias + "' joins fewer than two nodes");
            }
        }
        for (NodeDefinition node : defined) {
            if (node.fanIn().orElse(null) instanceof FanIn.Keyed keyed
                    && (keyed.keys().size() != 2
                            || node.join().size() != 2
                            || JsonPointer.parse(keyed.keys().get(0)).isEmpty()
                            || JsonPointer.parse(keyed.keys().get(1)).isEmpty())) {
                throw graph(
                        "CTRL148",
                        "'" + node.alias() + "' needs two sources and a pointer for each");
            }
        }
        SurfaceTables tables = new SurfaceTables(flow, indexes, around);
        tables.read();
        for (NodeDefinition node : defined) {
            if (around.handlers().apply(node) == Surroundings.Handler.MISSING) {
                throw new RefusedException(
                        new Refusal.UnregisteredNode(node.alias(), node.identifier()));
            }
        }
        List<Optional<Ranking>> rankings = new ArrayList<>();
        for (NodeDefinition node : defined) {
            rankings.add(PriorityTables.of(flow, node, around));
        }
        PlanEdge[] edges = edges(tables, rankings);
        for (int n = 0; n < outs.length; n++) {
            outs[n] = lettersLast(outs[n], tables);
        }
        int capture = indexes.getOrDefault(captureAlias, -1);
        if (capture < 0) {
            throw new RefusedException(new Refusal.UnknownCapture(captureAlias));
        }
        int trigger = indexes.getOrDefault(triggerAlias, -1);
        if (trigger < 0 || ins[trigger].length > 0) {
            throw new RefusedException(new Refusal.UnknownTrigger(triggerAlias));
        }
        Loop[] loops = tables.loops().settle(tables, capture).toArray(Loop[]::new);
        Race[] races = new RaceTables(edges, outs, order, tables.failures(), capture).of(defined);
        Windowing[] windows = tables.windows().settle(tables, loops, races, trigger);
        PlanNode[] nodes = nodes(tables, edges, ins, rankings);
        Segments segments =
                around.fuse()
                        ? Segments.fuse(nodes, edges, ins, outs, order, capture, loops, windows)
                        : Segments.single(nodes.length);
        return new Plan(
                flow, nodes, edges, ins, outs, order, trigger, capture, segments, loops, races,
                windows);
    }

    private void index() throws RefusedException {
        List<NodeDefinition> nodes = flow.nodes();
        for (int n = 0; n < nodes.size(); n++) {
            if (indexes.put(nodes.get(n).alias(), n) != null) {
                throw graph("DAG205", "two nodes are called '" + nodes.get(n).alias() + "'");
            }
        }
        for (EdgeDefinition edge : flow.edges()) {
            for (String end : List.of(edge.from(), edge.to())) {
                if (!indexes.containsKey(end)) {
                    throw graph(
                            "DAG202",
                            "edge " + edge.from() + " -> " + edge.to() + ": no node '" + end + "'");
                }
            }
        }
    }

    private int[][] adjacency(boolean outgoing) {
        int[][] lists = new int[flow.nodes().size()][];
        int[] sizes = new int[lists.length];
        for (EdgeDefinition edge : flow.edges()) {
            sizes[at(outgoing ? edge.from() : edge.to())]++;
        }
        for (int n = 0; n < lists.length; n++) {
            lists[n] = new int[sizes[n]];
        }
        Arrays.fill(sizes, 0);
        for (int e = 0; e < flow.edges().size(); e++) {
            EdgeDefinition edge = flow.edges().get(e);
            int node = at(outgoing ? edge.from() : edge.to());
            lists[node][sizes[node]++] = e;
        }
        return lists;
    }

    private int[] order(int[][] ins, int[][] outs) throws RefusedException {
        int[] order = new int[ins.length];
        int[] open = new int[ins.length];
        int filled = 0;
        for (int n = 0; n < ins.length; n++) {
            open[n] = ins[n].length;
            if (open[n] == 0) {
                order[filled++] = n;
            }
        }
        for (int done = 0; done < filled; done++) {
            for (int edge : outs[order[done]]) {
                int to = at(flow.edges().get(edge).to());
                if (--open[to] == 0) {
                    order[filled++] = to;
                }
            }
        }
        if (filled < order.length) {
            for (int n = 0; n < open.length; n++) {
                if (open[n] > 0) {
                    throw graph(
                            "DAG200",
                            "the edges form a cycle through or before '"
                                    + flow.nodes().get(n).alias()
                                    + "'");
                }
            }
        }
        return order;
    }

    /** The inbound edges in the order in which the node names their sources. */
    private int[] joined(NodeDefinition node, int[] ins) throws RefusedException {
        int[] ordered = new int[ins.length];
        boolean[] used = new boolean[ins.length];
        int filled = 0;
        for (String source : node.join()) {
            int found = -1;
            for (int k = 0; k < ins.length && found < 0; k++) {
                if (!used[k] && flow.edges().get(ins[k]).from().equals(source)) {
                    found = k;
                }
            }
            if (found < 0) {
                throw graph(
                        "JOIN101",
                        "'" + node.alias() + "' joins '" + source + "', which has no edge to it");
            }
            used[found] = true;
            ordered[filled++] = ins[found];
        }
        for (int k = 0; k < ins.length; k++) {
            if (!used[k]) {
                throw graph(
                        "JOIN102",
                        "'"
                                + node.alias()
                                + "' joins, but does not name '"
                                + flow.edges().get(ins[k]).from()
                                + "', which has an edge to it");
            }
        }
        return ordered;
    }

    /** Ways out for what failed behind those for what did not: so one look finds where to begin. */
    private static int[] lettersLast(int[] edges, SurfaceTables tables) {
        int[] ordered = new int[edges.length];
        int filled = 0;
        for (boolean letters : new boolean[] {false, true}) {
            for (int edge : edges) {
                boolean isLetter =
                        tables.failures().isLetter(edge) || tables.windows().isLate(edge);
                if (isLetter == letters) {
                    ordered[filled++] = edge;
                }
            }
        }
        return ordered;
    }

    private PlanEdge[] edges(SurfaceTables tables, List<Optional<Ranking>> rankings)
            throws RefusedException {
        PlanEdge[] edges = new PlanEdge[flow.edges().size()];
        for (int e = 0; e < edges.length; e++) {
            EdgeDefinition edge = flow.edges().get(e);
            Buffer buffer = edge.buffer();
            Optional<String> tier = buffer.spillTier();
            if (tier.isPresent() && !around.spills()) {
                throw new RefusedException(
                        new Refusal.UnsupportedSpill(edge.from(), edge.to(), tier.get()));
            }
            long threshold = buffer.spillThresholdBytes().orElse(0);
            edges[e] =
                    new PlanEdge(
                            e,
                            at(edge.from()),
                            at(edge.to()),
                            capacity(buffer.maxItems().orElse(around.edgeCapacity())),
                            tier.map(label ->
                                    new PlanEdge.Spill(
                                            label,
                                            threshold < 0 ? Long.MAX_VALUE : threshold,
                                            around.spillCapacity())),
                            shorter(
                                    millis(edge.timeoutMillis().orElse(0)),
                                    tables.failures().limitMillis(at(edge.to()))),
                            Drop.of(buffer.onDrop()),
                            tables.isGated(e),
                            tables.isPerItem(e),
                            edge.delivery() == Delivery.AT_MOST_ONCE,
                            waiting(e, rankings.get(at(edge.to())), tables.partitions().of(e)));
        }
        return edges;
    }

    /** How what waits on an edge is kept apart; empty for first in, first out. */
    private Optional<Sharding> waiting(
            int edge, Optional<Ranking> ranking, Optional<Sharding> partition) {
        EdgeDefinition of = flow.edges().get(edge);
        return ranking.isPresent()
                        && of.buffer().spillTier().isEmpty()
                        && Precedence.ordersEdges(flow, flow.nodes().get(at(of.to())))
                ? Optional.of(PriorityTables.sharding(ranking.get(), partition))
                : partition;
    }

    private PlanNode[] nodes(
            SurfaceTables tables, PlanEdge[] edges, int[][] ins, List<Optional<Ranking>> rankings)
            throws RefusedException {
        PlanNode[] nodes = new PlanNode[flow.nodes().size()];
        for (int n = 0; n < nodes.length; n++) {
            NodeDefinition node = flow.nodes().get(n);
            boolean streams = around.handlers().apply(node) == Surroundings.Handler.STREAMING;
            boolean timed = false;
            for (int edge : ins[n]) {
                timed |= edges[edge].timeoutMillis() > 0;
            }
            int concurrency = concurrency(node);
            boolean computes =
                    node.effects() == Effects.PURE && node.determinism() == Determinism.STRICT;
            nodes[n] =
                    new PlanNode(
                            n,
                            node.alias(),
                            node.identifier(),
                            computes && !timed && !streams && concurrency == 0,
                            streams,
                            !node.join().isEmpty() && !isRace(node),
                            node.fanIn().orElse(null) instanceof FanIn.Zip,
                            tables.perItem(n),
                            tables.route(n),
                            tables.failures().policy(n),
                            tables.failures().late(n),
                            tables.rates().of(n),
                            concurrency,
                            rankings.get(n),
                            tables.failures().undoneBy(n));
        }
        return nodes;
    }

    /** Bodies at a time; 0 for as many as there is work. */
    private static int concurrency(NodeDefinition node) throws RefusedException {
        Optional<Concurrency> asked = node.concurrency();
        if (asked.isPresent() && !asked.get().isInRange()) {
            throw graph(
                    "CTRL152",
                    "'"
                            + node.alias()
                            + "' may run "
                            + asked.get().limit()
                            + " bodies at a time; 1 to "
                            + Concurrency.MAX
                            + " can");
        }
        return asked.map(it -> (int) it.limit()).orElse(0);
    }

    private static boolean isRace(NodeDefinition node) {
        return node.fanIn().orElse(null) instanceof FanIn.Race;
    }

    private int at(String alias) {
        return indexes.getOrDefault(alias, -1);
    }

    private static int capacity(long maxItems) {
        return Math.clamp(maxItems, 1, Integer.MAX_VALUE / 2);
    }

    /** Unsigned on the wire: what does not fit a long, or not in nanoseconds, is no limit. */
    private static long millis(long unsigned) {
        return unsigned < 0 || unsigned > Long.MAX_VALUE / 1_000_000 ? 0 : unsigned;
    }

    /** The shorter of two limits, of which 0 is none. */
    private static long shorter(long one, long other) {
        return one == 0 || (other > 0 && other < one) ? other : one;
    }

    private static RefusedException graph(String code, String reason) {
        return new RefusedException(new Refusal.InvalidGraph(code, reason));
    }
}
