package dev.flowir.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The graph of a flow as part of another: all that names its nodes gets a prefix. */
final class Laying {

    private static final String DOT = ".";

    /** Members of a surface's config that name a node. */
    private static final Set<String> NAMING =
            Set.of(
                    "source",
                    "target",
                    "body_entry",
                    "body_exit",
                    "then",
                    "else",
                    "default",
                    "late",
                    "dead_letter",
                    "compensate");

    private final Subflow as;

    private Laying(Subflow as) {
        this.as = as;
    }

    static FlowDefinition of(FlowDefinition flow, String alias) {
        Laying laying = new Laying(new Subflow(alias, flow.name(), flow.version()));
        List<NodeDefinition> nodes = new ArrayList<>();
        flow.nodes().forEach(node -> nodes.add(laying.node(node)));
        List<EdgeDefinition> edges = new ArrayList<>();
        for (EdgeDefinition edge : flow.edges()) {
            edges.add(edge.between(laying.name(edge.from()), laying.name(edge.to())));
        }
        List<ControlSurface> surfaces = new ArrayList<>();
        for (ControlSurface surface : flow.controlSurfaces()) {
            surfaces.add(
                    new ControlSurface(
                            laying.name(surface.id()),
                            surface.kind(),
                            laying.names(surface.targets()),
                            surface.config() instanceof JsonValue.Obj config
                                    ? laying.config(surface.kind(), config)
                                    : surface.config()));
        }
        return flow.drawn(nodes, edges, surfaces);
    }

    static String name(String alias, String inner) {
        return alias + DOT + inner;
    }

    private String name(String inner) {
        return name(as.alias(), inner);
    }

    private List<String> names(List<String> inner) {
        List<String> all = new ArrayList<>();
        inner.forEach(each -> all.add(name(each)));
        return all;
    }

    /** Markers tell versions of the flow itself, which are not those of the one around it. */
    private NodeDefinition node(NodeDefinition node) {
        List<Subflow> partOf = new ArrayList<>(List.of(as));
        for (Subflow inner : node.partOf()) {
            partOf.add(new Subflow(name(inner.alias()), inner.flow(), inner.version()));
        }
        return new NodeDefinition(
                node.id(),
                name(node.alias()),
                node.identifier(),
                node.name(),
                node.kind() == NodeKind.TRIGGER ? NodeKind.INLINE : node.kind(),
                node.summary(),
                node.inSchema(),
                node.outSchema(),
                node.effects(),
                node.determinism(),
                node.idempotency(),
                node.determinismHints(),
                node.effectHints(),
                names(node.join()),
                Optional.empty(),
                node.fanIn(),
                partOf,
                node.slowConsumer(),
                node.concurrency(),
                node.priority());
    }

    private JsonValue config(SurfaceKind kind, JsonValue.Obj config) {
        Map<String, JsonValue> members = new LinkedHashMap<>(config.members());
        members.replaceAll((key, value) -> NAMING.contains(key) ? named(value) : value);
        switch (kind) {
            case SWITCH -> members.computeIfPresent("cases", (key, value) -> all(value));
            case PARTITION -> members.computeIfPresent("edge", (key, value) -> all(value));
            case ERROR_HANDLER -> members.computeIfPresent("scope", (key, value) -> all(value));
            default -> {} // names nodes in the members above only
        }
        return new JsonValue.Obj(members);
    }

    /** Prefixes each text of a list, or of an object and the lists in it. */
    private JsonValue all(JsonValue value) {
        if (value instanceof JsonValue.Obj object) {
            Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
            members.replaceAll((key, member) -> all(member));
            return new JsonValue.Obj(members);
        }
        if (value instanceof JsonValue.Arr list) {
            List<JsonValue> items = new ArrayList<>();
            list.items().forEach(item -> items.add(named(item)));
            return new JsonValue.Arr(items);
        }
        return named(value);
    }

    private JsonValue named(JsonValue value) {
        return value instanceof JsonValue.Text text ? JsonValue.text(name(text.value())) : value;
    }
}
