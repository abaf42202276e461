package dev.flowir.ir.render;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.FanIn;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.Losers;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import dev.flowir.ir.Outer;
import dev.flowir.ir.SlowConsumer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to draw of a flow, for every format: boxes, and lines between them. An alias that
 * no node has gets a box too, so that a broken flow can be looked at.
 */
final class Picture {

    /**
     * A node, or an alias without one.
     *
     * @param alias name in the flow
     * @param node the node; empty for an unknown alias
     * @param notes what surfaces and join say about it
     */
    record Box(String alias, Optional<NodeDefinition> node, List<String> notes) {

        String title() {
            return node.map(NodeDefinition::name).filter(name -> !name.isBlank()).orElse(alias);
        }

        NodeKind kind() {
            return node.map(NodeDefinition::kind).orElse(NodeKind.INLINE);
        }

        Effects effects() {
            return node.map(NodeDefinition::effects).orElse(Effects.PURE);
        }
    }

    /**
     * A connection between two boxes.
     *
     * @param from index of its first box
     * @param to index of its last box
     * @param labels what to write on it
     * @param controlled whether a surface decides about it
     */
    record Line(int from, int to, List<String> labels, boolean controlled) {}

    private record Ends(int from, int to) {}

    private static final class Connection {
        final List<String> labels = new ArrayList<>();
        int edges;
        boolean controlled;
    }

    private final String title;
    private final List<Box> boxes = new ArrayList<>();
    private final Map<String, Integer> byAlias = new LinkedHashMap<>();
    private final Map<Ends, Connection> connections = new LinkedHashMap<>();

    private Picture(FlowDefinition flow) {
        this.title = flow.name() + " " + flow.version();
    }

    static Picture of(FlowDefinition flow) {
        Picture picture = new Picture(flow);
        for (NodeDefinition node : flow.nodes()) {
            picture.byAlias.put(node.alias(), picture.boxes.size());
            picture.boxes.add(new Box(node.alias(), Optional.of(node), new ArrayList<>()));
            if (!node.join().isEmpty()) {
                picture.note(node.alias(), meeting(node));
            }
            node.slowConsumer().ifPresent(it -> picture.note(node.alias(), slow(it)));
            node.concurrency()
                    .ifPresent(it -> picture.note(node.alias(), "≤ " + it.limit() + " at a time"));
            node.priority().ifPresent(it -> picture.note(node.alias(), "priority " + it));
        }
        for (EdgeDefinition edge : flow.edges()) {
            picture.edge(edge);
        }
        SurfaceMarks.draw(flow.controlSurfaces(), picture);
        return picture;
    }

    private static String meeting(NodeDefinition node) {
        if (node.fanIn().isEmpty()) {
            return "waits for " + String.join(" + ", node.join());
        }
        return switch (node.fanIn().get()) {
            case FanIn.Race race ->
                    "first of "
                            + String.join(" or ", node.join())
                            + (race.losers() == Losers.FINISH ? "; losers finish" : "");
            case FanIn.Keyed keyed ->
                    "pairs "
                            + String.join(" + ", node.join())
                            + " by key"
                            + (keyed.outer() == Outer.NONE
                                    ? ""
                                    : "; " + keyed.outer().wire() + " outer");
            case FanIn.Zip ignored -> "pairs " + String.join(" + ", node.join()) + " by position";
        };
    }

    private static String slow(SlowConsumer then) {
        return switch (then) {
            case SlowConsumer.Disconnect it ->
                    "cut off when "
                            + it.maxItems()
                            + " wait"
                            + (it.maxMillis().isPresent()
                                    ? " or " + it.maxMillis().getAsLong() + " ms"
                                    : "");
            case SlowConsumer.Conflate ignored -> "slow consumers get the newest item";
        };
    }

    private void edge(EdgeDefinition edge) {
        Connection connection = connection(edge.from(), edge.to());
        connection.edges++;
        switch (edge.delivery()) {
            case AT_LEAST_ONCE -> {}
            case AT_MOST_ONCE -> connection.labels.add("at most once");
            case EXACTLY_ONCE -> connection.labels.add("exactly once");
        }
        edge.timeoutMillis()
                .ifPresent(millis ->
                        connection.labels.add("≤ " + Long.toUnsignedString(millis) + " ms"));
        edge.buffer().spillTier().ifPresent(tier -> connection.labels.add("spills to " + tier));
    }

    /** Marks the connection as decided by a surface; makes it when no edge did. */
    void control(String from, String to, String label) {
        Connection connection = connection(from, to);
        connection.controlled = true;
        connection.labels.add(0, label);
    }

    /** Writes a note into the box of {@code alias}. */
    void note(String alias, String text) {
        boxes.get(box(alias)).notes().add(text);
    }

    private Connection connection(String from, String to) {
        return connections.computeIfAbsent(
                new Ends(box(from), box(to)), missing -> new Connection());
    }

    private int box(String alias) {
        Integer known = byAlias.get(alias);
        if (known != null) {
            return known;
        }
        byAlias.put(alias, boxes.size());
        boxes.add(new Box(alias, Optional.empty(), new ArrayList<>()));
        return boxes.size() - 1;
    }

    String title() {
        return title;
    }

    List<Box> boxes() {
        return boxes;
    }

    Group groups() {
        return Group.of(boxes);
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<Ends, Connection> entry : connections.entrySet()) {
            Connection connection = entry.getValue();
            List<String> labels = new ArrayList<>(connection.labels);
            if (connection.edges > 1) {
                labels.add("× " + connection.edges);
            }
            lines.add(
                    new Line(
                            entry.getKey().from(),
                            entry.getKey().to(),
                            labels,
                            connection.controlled));
        }
        return lines;
    }
}
