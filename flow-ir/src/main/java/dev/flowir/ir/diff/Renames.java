package dev.flowir.ir.diff;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes that have another alias and are the same otherwise: told as that, and not as one node gone
 * and another come with all their edges.
 */
final class Renames {

    private final Map<String, String> newByOld;

    private Renames(Map<String, String> newByOld) {
        this.newByOld = newByOld;
    }

    static Renames between(FlowDefinition old, FlowDefinition next) {
        Map<String, String> found = new LinkedHashMap<>();
        for (NodeDefinition was : old.nodes()) {
            List<String> candidates = new ArrayList<>();
            for (NodeDefinition is : next.nodes()) {
                if (!has(next, was.alias())
                        && !has(old, is.alias())
                        && !found.containsValue(is.alias())
                        && isSame(was, is)) {
                    candidates.add(is.alias());
                }
            }
            if (candidates.size() == 1) {
                found.put(was.alias(), candidates.get(0));
            }
        }
        return new Renames(found);
    }

    private static boolean has(FlowDefinition flow, String alias) {
        for (NodeDefinition node : flow.nodes()) {
            if (node.alias().equals(alias)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(NodeDefinition was, NodeDefinition is) {
        return hasSameHandler(was, is)
                && was.kind() == is.kind()
                && was.inSchema().equals(is.inSchema())
                && was.outSchema().equals(is.outSchema())
                && was.effects() == is.effects()
                && was.determinism() == is.determinism()
                && was.idempotency().equals(is.idempotency())
                && was.determinismHints().equals(is.determinismHints())
                && was.effectHints().equals(is.effectHints());
    }

    /** A builder names the handler as the node: then it changes with the alias. */
    private static boolean hasSameHandler(NodeDefinition was, NodeDefinition is) {
        return was.identifier().equals(is.identifier())
                || (was.identifier().endsWith("::" + was.alias())
                        && is.identifier().endsWith("::" + is.alias()));
    }

    Map<String, String> newByOld() {
        return newByOld;
    }

    boolean isNewName(String alias) {
        return newByOld.containsValue(alias);
    }

    private String now(String alias) {
        return newByOld.getOrDefault(alias, alias);
    }

    private List<String> now(List<String> aliases) {
        List<String> all = new ArrayList<>();
        aliases.forEach(alias -> all.add(now(alias)));
        return all;
    }

    /** The old flow with the new names. */
    FlowDefinition applied(FlowDefinition old) {
        if (newByOld.isEmpty()) {
            return old;
        }
        List<NodeDefinition> nodes = new ArrayList<>();
        for (NodeDefinition node : old.nodes()) {
            nodes.add(node.called(now(node.alias()), now(node.join())));
        }
        List<EdgeDefinition> edges = new ArrayList<>();
        for (EdgeDefinition edge : old.edges()) {
            edges.add(edge.between(now(edge.from()), now(edge.to())));
        }
        List<ControlSurface> surfaces = new ArrayList<>();
        for (ControlSurface surface : old.controlSurfaces()) {
            surfaces.add(
                    new ControlSurface(
                            surface.id(),
                            surface.kind(),
                            now(surface.targets()),
                            applied(surface.config())));
        }
        return old.drawn(nodes, edges, surfaces);
    }

    private JsonValue applied(JsonValue config) {
        return switch (config) {
            case JsonValue.Text text -> JsonValue.text(now(text.value()));
            case JsonValue.Arr list -> {
                List<JsonValue> items = new ArrayList<>();
                list.items().forEach(item -> items.add(applied(item)));
                yield new JsonValue.Arr(items);
            }
            case JsonValue.Obj object -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                object.members().forEach((key, value) -> members.put(key, applied(value)));
                yield new JsonValue.Obj(members);
            }
            default -> config;
        };
    }
}
