package dev.flowir.kernel;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.Determinism;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.FanIn;
import dev.flowir.ir.Flow;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.FlowIds;
import dev.flowir.ir.Idempotency;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import dev.flowir.ir.Policies;
import dev.flowir.ir.Profile;
import dev.flowir.ir.SchemaRef;
import dev.flowir.ir.SurfaceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws flows the way documents do: aliases, edges, surfaces, handlers. For tests. */
public final class Flows {

    private final String name;
    private final List<NodeDefinition> nodes = new ArrayList<>();
    private final List<EdgeDefinition> edges = new ArrayList<>();
    private final List<ControlSurface> surfaces = new ArrayList<>();
    private final Map<String, NodeBody> bodies = new HashMap<>();

    private Flows(String name) {
        this.name = name;
    }

    /** An empty flow. */
    public static Flows named(String name) {
        return new Flows(name);
    }

    /** Pure nodes that pass their input on. The first is of kind trigger. */
    public Flows nodes(String... aliases) {
        for (String alias : aliases) {
            pure(alias, (in, handles, context) -> in);
        }
        return this;
    }

    /** A pure node with a body. */
    public Flows pure(String alias, NodeBody.Single body) {
        return node(alias, Effects.PURE, body);
    }

    /** A node whose body runs on a thread of its own. */
    public Flows reads(String alias, NodeBody.Single body) {
        return node(alias, Effects.READ_ONLY, body);
    }

    /** A node whose body gives values over time. */
    public Flows streams(String alias, NodeBody.Streaming body) {
        return node(alias, Effects.READ_ONLY, body);
    }

    /** A node with a body. */
    public Flows node(String alias, Effects effects, NodeBody body, String... effectHints) {
        boolean pure = effects == Effects.PURE;
        return node(
                alias,
                effects,
                pure ? Determinism.STRICT : Determinism.BEST_EFFORT,
                effects == Effects.EFFECTFUL ? Idempotency.key("key") : Idempotency.none(),
                body,
                List.of(effectHints),
                List.of());
    }

    /** A node with everything that can be said of it. */
    public Flows node(
            String alias,
            Effects effects,
            Determinism determinism,
            Idempotency idempotency,
            NodeBody body,
            List<String> effectHints,
            List<String> determinismHints) {
        nodes.add(
                new NodeDefinition(
                        FlowIds.nodeId(name, alias),
                        alias,
                        "test::" + alias,
                        alias,
                        nodes.isEmpty() ? NodeKind.TRIGGER : NodeKind.INLINE,
                        Optional.empty(),
                        SchemaRef.opaque(),
                        SchemaRef.opaque(),
                        effects,
                        determinism,
                        idempotency,
                        determinismHints,
                        effectHints,
                        List.of()));
        bodies.put("test::" + alias, body);
        return this;
    }

    /** Replaces what is known of a node. */
    public Flows join(String alias, String... sources) {
        return meet(alias, Optional.empty(), sources);
    }

    /** As {@link #join}, in another way than by input. */
    public Flows meet(String alias, Optional<FanIn> how, String... sources) {
        for (int i = 0; i < nodes.size(); i++) {
            NodeDefinition old = nodes.get(i);
            if (old.alias().equals(alias)) {
                nodes.set(
                        i,
                        new NodeDefinition(
                                old.id(),
                                alias,
                                old.identifier(),
                                old.name(),
                                old.kind(),
                                old.summary(),
                                old.inSchema(),
                                old.outSchema(),
                                old.effects(),
                                old.determinism(),
                                old.idempotency(),
                                old.determinismHints(),
                                old.effectHints(),
                                List.of(sources),
                                Optional.empty(),
                                how,
                                old.partOf(),
                                old.slowConsumer(),
                                old.concurrency(),
                                old.priority()));
            }
        }
        return this;
    }

    /** Bounds how many bodies of a node run at a time. */
    public Flows limited(String alias, long limit) {
        nodes.replaceAll(it -> it.alias().equals(alias) ? it.limited(limit) : it);
        return this;
    }

    /** Forgets the handler of a node. */
    public Flows unregister(String alias) {
        bodies.remove("test::" + alias);
        return this;
    }

    /** Edges along a chain, {@code a -> b -> c}. */
    public Flows edges(String... chains) {
        for (String chain : chains) {
            String[] aliases = chain.split(" -> ", -1);
            for (int i = 1; i < aliases.length; i++) {
                edges.add(EdgeDefinition.of(aliases[i - 1], aliases[i]));
            }
        }
        return this;
    }

    /** One edge with settings. */
    public Flows edge(EdgeDefinition edge) {
        edges.add(edge);
        return this;
    }

    /** A surface; {@code config} without its version. */
    public Flows surface(
            String id, SurfaceKind kind, List<String> targets, Map<String, JsonValue> config) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("v", JsonValue.number(1));
        members.putAll(config);
        surfaces.add(new ControlSurface(id, kind, targets, new JsonValue.Obj(members)));
        return this;
    }

    /** A switch on {@code /type}. */
    public Flows switchOn(String source, Map<String, String> cases, Optional<String> fallback) {
        Map<String, JsonValue> table = new LinkedHashMap<>();
        List<String> targets = new ArrayList<>();
        targets.add(source);
        cases.forEach((key, target) -> {
            table.put(key, JsonValue.text(target));
            targets.add(target);
        });
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("source", JsonValue.text(source));
        config.put("selector_pointer", JsonValue.text("/type"));
        config.put("cases", new JsonValue.Obj(table));
        fallback.ifPresent(target -> {
            config.put("default", JsonValue.text(target));
            targets.add(target);
        });
        return surface("switch:" + source, SurfaceKind.SWITCH, targets, config);
    }

    /** An if on {@code /ok}. */
    public Flows ifOn(String source, String then, String otherwise) {
        return surface(
                "if:" + source,
                SurfaceKind.IF,
                List.of(source, then, otherwise),
                Map.of(
                        "source", JsonValue.text(source),
                        "selector_pointer", JsonValue.text("/ok"),
                        "then", JsonValue.text(then),
                        "else", JsonValue.text(otherwise)));
    }

    /** An error handler. */
    public Flows onError(String alias, String strategy, int retries, int backoffMillis) {
        return onError(alias, strategy, retries, backoffMillis, Optional.empty());
    }

    /** An error handler that sends on what was given up. */
    public Flows onError(
            String alias,
            String strategy,
            int retries,
            int backoffMillis,
            Optional<String> letters) {
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put(
                "scope",
                new JsonValue.Obj(
                        Map.of("nodes", new JsonValue.Arr(List.of(JsonValue.text(alias))))));
        config.put("strategy", JsonValue.text(strategy));
        config.put("max_retries", JsonValue.number(retries));
        config.put("backoff_ms", JsonValue.number(backoffMillis));
        letters.ifPresent(to -> config.put("dead_letter", JsonValue.text(to)));
        return surface("errors:" + alias, SurfaceKind.ERROR_HANDLER, List.of(alias), config);
    }

    /** A for_each over the whole output of {@code source}. */
    public Flows forEach(String source, String body, int inFlight) {
        return surface(
                "each:" + source,
                SurfaceKind.FOR_EACH,
                List.of(source, body),
                Map.of(
                        "source",
                        JsonValue.text(source),
                        "items_pointer",
                        JsonValue.text(""),
                        "body_entry",
                        JsonValue.text(body),
                        "max_in_flight",
                        JsonValue.number(inFlight)));
    }

    /** As {@link #forEach}, in batches of {@code most} items. */
    public Flows batches(String source, String body, int most, int inFlight) {
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("source", JsonValue.text(source));
        config.put("items_pointer", JsonValue.text(""));
        config.put("body_entry", JsonValue.text(body));
        config.put("max_in_flight", JsonValue.number(inFlight));
        config.put("batch", new JsonValue.Obj(Map.of("max_items", JsonValue.number(most))));
        return surface("each:" + source, SurfaceKind.FOR_EACH, List.of(source, body), config);
    }

    /** The definition. */
    public FlowDefinition definition() {
        return new FlowDefinition(
                FlowIds.flowId(name, "1.0.0"),
                name,
                "1.0.0",
                Profile.DEV,
                Optional.empty(),
                nodes,
                edges,
                surfaces,
                List.of(),
                Policies.defaults(),
                List.of(),
                List.of());
    }

    /** The flow from {@code trigger} to {@code capture}. */
    public Flow<JsonValue, JsonValue> flow(String trigger, String capture) {
        Map<String, NodeBody> handlers = Map.copyOf(bodies);
        return Flow.interpreted(
                definition(), trigger, capture, id -> Optional.ofNullable(handlers.get(id)));
    }

    /** {@code {"key": value}}. */
    public static JsonValue object(String key, JsonValue value) {
        return new JsonValue.Obj(Map.of(key, value));
    }
}
