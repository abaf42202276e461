package dev.flowir.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs are pinned to, and the earlier plans that a flow with markers carries. */
final class Pinned {

    private Pinned() {}

    static FlowDefinition of(FlowDefinition flow) {
        String id = FlowIds.flowId(flow.name(), flow.version());
        List<NodeDefinition> nodes = new ArrayList<>();
        for (NodeDefinition node : flow.nodes()) {
            nodes.add(
                    new NodeDefinition(
                            FlowIds.nodeId(id, node.alias()),
                            node.alias(),
                            node.identifier(),
                            node.alias(),
                            node.kind(),
                            Optional.empty(),
                            node.inSchema(),
                            node.outSchema(),
                            node.effects(),
                            node.determinism(),
                            node.idempotency(),
                            node.determinismHints(),
                            node.effectHints(),
                            node.join(),
                            Optional.empty(),
                            node.fanIn(),
                            List.of(),
                            Optional.empty(), // runs that are pinned give no streams
                            node.concurrency(),
                            Optional.empty())); // who goes first is in no record
        }
        return new FlowDefinition(
                id,
                flow.name(),
                flow.version(),
                Profile.DEV,
                Optional.empty(),
                nodes,
                flow.edges(),
                flow.controlSurfaces(),
                List.of(),
                Policies.defaults(),
                List.of(),
                List.of());
    }

    static Optional<FlowDefinition> asOf(FlowDefinition flow, String earlier) {
        Optional<FlowDefinition> was = Optional.empty();
        if (SemanticVersion.compare(earlier, flow.version()) < 0) {
            for (NodeDefinition node : flow.nodes()) {
                if (node.since().isPresent()) {
                    boolean late = SemanticVersion.compare(earlier, node.since().get()) < 0;
                    FlowDefinition now = was.orElse(flow);
                    was = late ? without(now, node.alias()) : Optional.of(now);
                    if (was.isEmpty()) {
                        return was;
                    }
                }
            }
        }
        return was.map(it -> called(it, earlier));
    }

    private static FlowDefinition called(FlowDefinition flow, String version) {
        return new FlowDefinition(
                FlowIds.flowId(flow.name(), version),
                flow.name(),
                version,
                flow.profile(),
                flow.summary(),
                flow.nodes(),
                flow.edges(),
                flow.controlSurfaces(),
                flow.checkpoints(),
                flow.policies(),
                flow.tags(),
                flow.artifacts());
    }

    /**
     * Refuses markers that say nothing that could be done.
     *
     * @throws IllegalArgumentException naming the node
     */
    static void refuseMisplaced(FlowDefinition flow) {
        for (NodeDefinition node : flow.nodes()) {
            if (node.since().isEmpty()) {
                continue;
            }
            String marked = "node '" + node.alias() + "' is marked since " + node.since().get();
            if (SemanticVersion.compare(flow.version(), node.since().get()) < 0) {
                throw new IllegalArgumentException(
                        marked + ", and its flow is only at version " + flow.version());
            }
            if (without(flow, node.alias()).isEmpty()) {
                throw new IllegalArgumentException(
                        marked
                                + ", and cannot be passed over: it must give what it takes, one edge"
                                + " must lead to it, and no branch or list may name it");
            }
        }
    }

    /** The flow without a node that stands in a line; empty when it does not. */
    private static Optional<FlowDefinition> without(FlowDefinition flow, String alias) {
        List<String> gone = new ArrayList<>(List.of(alias));
        List<ControlSurface> surfaces = new ArrayList<>();
        for (ControlSurface surface : flow.controlSurfaces()) {
            if (!surface.targets().contains(alias)) {
                surfaces.add(surface);
            } else if (surface.kind() != SurfaceKind.ERROR_HANDLER
                    || surface.targets().size() != 1) {
                return Optional.empty();
            } else if (surface.config() instanceof JsonValue.Obj config
                    && config.members().get("compensate") instanceof JsonValue.Text undoes) {
                gone.add(undoes.value());
            }
        }
        List<String> sources = new ArrayList<>();
        for (EdgeDefinition edge : flow.edges()) {
            if (edge.to().equals(alias)) {
                sources.add(edge.from());
            }
        }
        if (sources.size() != 1 || !givesWhatItTakes(flow, alias)) {
            return Optional.empty();
        }
        surfaces.removeIf(surface -> isOnly(surface, gone));
        return Optional.of(lifted(flow, gone, sources.get(0), surfaces));
    }

    private static boolean isOnly(ControlSurface surface, List<String> gone) {
        return !surface.targets().isEmpty() && gone.containsAll(surface.targets());
    }

    /** Schemas tell as far as they are named; a builder knows the types. */
    private static boolean givesWhatItTakes(FlowDefinition flow, String alias) {
        for (NodeDefinition node : flow.nodes()) {
            if (node.alias().equals(alias)
                    && (node.kind() == NodeKind.TRIGGER
                            || !node.join().isEmpty()
                            || (node.inSchema() instanceof SchemaRef.Named
                                    && node.outSchema() instanceof SchemaRef.Named
                                    && !node.inSchema().equals(node.outSchema())))) {
                return false;
            }
        }
        return true;
    }

    private static FlowDefinition lifted(
            FlowDefinition flow, List<String> gone, String source, List<ControlSurface> surfaces) {
        String alias = gone.get(0);
        List<NodeDefinition> nodes = new ArrayList<>();
        for (NodeDefinition node : flow.nodes()) {
            if (!gone.contains(node.alias())) {
                nodes.add(
                        node.join().contains(alias)
                                ? node.called(node.alias(), replaced(node.join(), alias, source))
                                : node);
            }
        }
        List<EdgeDefinition> edges = new ArrayList<>();
        for (EdgeDefinition edge : flow.edges()) {
            if (!edge.to().equals(alias)) {
                edges.add(edge.from().equals(alias) ? edge.between(source, edge.to()) : edge);
            }
        }
        return flow.drawn(nodes, edges, surfaces);
    }

    private static List<String> replaced(List<String> all, String one, String by) {
        List<String> replaced = new ArrayList<>();
        for (String name : all) {
            replaced.add(name.equals(one) ? by : name);
        }
        return replaced;
    }
}
