package dev.flowir.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Cuts a part out of a definition. */
final class FlowPart {

    private FlowPart() {}

    static FlowDefinition of(
            Flow<?, ?> flow,
            String name,
            Set<String> nodes,
            List<ControlSurface> surfaces,
            Optional<EdgeDefinition> entry) {
        FlowDefinition whole = flow.definition();
        String id = FlowIds.flowId(name, whole.version());
        List<NodeDefinition> kept = new ArrayList<>();
        List<EdgeDefinition> edges = new ArrayList<>();
        if (entry.isPresent()) {
            NodeDefinition into = find(whole, entry.get().to());
            kept.add(trigger(id, find(whole, flow.trigger()), into.inSchema()));
            edges.add(entry.get().between(flow.trigger(), into.alias()));
        }
        for (NodeDefinition node : whole.nodes()) {
            if (nodes.contains(node.alias())) {
                kept.add(node);
            }
        }
        for (EdgeDefinition edge : whole.edges()) {
            if (nodes.contains(edge.from()) && nodes.contains(edge.to())) {
                edges.add(edge);
            }
        }
        return new FlowDefinition(
                id,
                name,
                whole.version(),
                whole.profile(),
                whole.summary(),
                kept,
                edges,
                surfaces,
                List.of(),
                whole.policies(),
                whole.tags(),
                List.of());
    }

    private static NodeDefinition find(FlowDefinition flow, String alias) {
        for (NodeDefinition node : flow.nodes()) {
            if (node.alias().equals(alias)) {
                return node;
            }
        }
        throw new IllegalArgumentException(
                "flow '" + flow.name() + "' has no node '" + alias + "'");
    }

    /** A trigger that passes on what comes. */
    private static NodeDefinition trigger(String id, NodeDefinition like, SchemaRef schema) {
        return new NodeDefinition(
                FlowIds.nodeId(id, like.alias()),
                like.alias(),
                like.identifier(),
                like.name(),
                NodeKind.TRIGGER,
                Optional.empty(),
                schema,
                schema,
                Effects.PURE,
                Determinism.STRICT,
                like.idempotency(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
