package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.Determinism;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.FanIn;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.Idempotency;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import dev.flowir.ir.Ordering;
import dev.flowir.ir.Policies;
import dev.flowir.ir.Precedence;
import dev.flowir.ir.Profile;
import dev.flowir.ir.SchemaRef;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Draws small plans in a line or two. */
final class Drawing {

    private final List<NodeDefinition> nodes = new ArrayList<>();
    private final List<EdgeDefinition> edges = new ArrayList<>();
    private final List<ControlSurface> surfaces = new ArrayList<>();
    private String streaming = "";

    /** Nodes with effects, one after the other: each runs in a step of its own. */
    static Drawing of(String... aliases) {
        Drawing drawing = new Drawing();
        for (String alias : aliases) {
            drawing.nodes.add(node(alias, Effects.READ_ONLY, List.of()));
        }
        return drawing;
    }

    /** Further nodes with effects. */
    Drawing also(String... aliases) {
        for (String alias : aliases) {
            nodes.add(node(alias, Effects.READ_ONLY, List.of()));
        }
        return this;
    }

    /** Pure nodes: chains of them are fused. */
    static Drawing pure(String... aliases) {
        Drawing drawing = new Drawing();
        for (String alias : aliases) {
            drawing.nodes.add(node(alias, Effects.PURE, List.of()));
        }
        return drawing;
    }

    private static NodeDefinition node(String alias, Effects effects, List<String> join) {
        return node(alias, effects, join, Optional.empty());
    }

    private static NodeDefinition node(
            String alias, Effects effects, List<String> join, Optional<FanIn> fanIn) {
        return new NodeDefinition(
                alias,
                alias,
                alias,
                alias,
                NodeKind.INLINE,
                Optional.empty(),
                SchemaRef.opaque(),
                SchemaRef.opaque(),
                effects,
                effects == Effects.PURE ? Determinism.STRICT : Determinism.BEST_EFFORT,
                Idempotency.none(),
                List.of(),
                List.of(),
                join,
                Optional.empty(),
                fanIn,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with a bound on the bodies of a node that run at a time. */
    Drawing concurrency(String alias, int limit) {
        nodes.replaceAll(it -> it.alias().equals(alias) ? it.limited(limit) : it);
        return this;
    }

    /** The same where what waits for a node goes by {@code order}. */
    Drawing ordered(String alias, Precedence order) {
        nodes.replaceAll(it -> it.alias().equals(alias) ? it.ordered(order) : it);
        return this;
    }

    /** A node that waits for one item of each of {@code sources}, with the edges. */
    Drawing join(String alias, String... sources) {
        nodes.add(node(alias, Effects.READ_ONLY, List.of(sources)));
        for (String source : sources) {
            edges.add(EdgeDefinition.of(source, alias));
        }
        return this;
    }

    /** A node at which items of {@code sources} meet as {@code how} says, with the edges. */
    Drawing meet(String alias, FanIn how, String... sources) {
        nodes.add(node(alias, Effects.READ_ONLY, List.of(sources), Optional.of(how)));
        for (String source : sources) {
            edge(source, alias);
        }
        return this;
    }

    /** As {@link #meet}, with a bound on each edge. */
    Drawing meetBounded(String alias, FanIn how, int items, String... sources) {
        nodes.add(node(alias, Effects.READ_ONLY, List.of(sources), Optional.of(how)));
        for (String source : sources) {
            bounded(source, alias, items);
        }
        return this;
    }

    /** As {@link #join}, with a bound on each edge. */
    Drawing joinBounded(String alias, int items, String... sources) {
        nodes.add(node(alias, Effects.READ_ONLY, List.of(sources)));
        for (String source : sources) {
            bounded(source, alias, items);
        }
        return this;
    }

    /** As {@link #join}, with a time limit on each of its two edges. */
    Drawing joinLimited(
            String alias, String first, long firstMillis, String second, long secondMillis) {
        nodes.add(node(alias, Effects.READ_ONLY, List.of(first, second)));
        return limited(first, alias, firstMillis).limited(second, alias, secondMillis);
    }

    Drawing edge(String from, String to) {
        edges.add(EdgeDefinition.of(from, to));
        return this;
    }

    Drawing bounded(String from, String to, int items) {
        return edge(from, to, 0, new Buffer(OptionalLong.of(items), none(), absent(), absent()));
    }

    Drawing dropping(String from, String to, String policy) {
        return dropping(from, to, 1, policy);
    }

    Drawing dropping(String from, String to, int items, String policy) {
        Buffer buffer = new Buffer(OptionalLong.of(items), none(), absent(), Optional.of(policy));
        return edge(from, to, 0, buffer);
    }

    Drawing spilling(String from, String to, long thresholdBytes) {
        OptionalLong threshold = thresholdBytes > 0 ? OptionalLong.of(thresholdBytes) : none();
        Buffer buffer = new Buffer(OptionalLong.of(1), threshold, Optional.of("tier"), absent());
        return edge(from, to, 0, buffer);
    }

    Drawing limited(String from, String to, long millis) {
        return edge(from, to, millis, Buffer.defaults());
    }

    Drawing atMostOnce(String from, String to) {
        edges.add(
                new EdgeDefinition(
                        from,
                        to,
                        Delivery.AT_MOST_ONCE,
                        Ordering.ORDERED,
                        absent(),
                        none(),
                        Buffer.defaults()));
        return this;
    }

    private Drawing edge(String from, String to, long millis, Buffer buffer) {
        edges.add(
                new EdgeDefinition(
                        from,
                        to,
                        Delivery.AT_LEAST_ONCE,
                        Ordering.ORDERED,
                        absent(),
                        millis > 0 ? OptionalLong.of(millis) : none(),
                        buffer));
        return this;
    }

    /** A switch on {@code /type}; {@code fallback} is empty for none. */
    Drawing switches(String source, Map<String, String> cases, String fallback) {
        Map<String, JsonValue> table = new LinkedHashMap<>();
        cases.forEach((key, target) -> table.put(key, JsonValue.text(target)));
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("source", JsonValue.text(source));
        config.put("selector_pointer", JsonValue.text("/type"));
        config.put("cases", new JsonValue.Obj(table));
        if (!fallback.isEmpty()) {
            config.put("default", JsonValue.text(fallback));
        }
        return surface(SurfaceKind.SWITCH, source, config);
    }

    Drawing each(String source, String body, int inFlight) {
        return each(source, body, inFlight, Map.of());
    }

    /** The same, with {@code more} said of it. */
    Drawing each(String source, String body, int inFlight, Map<String, JsonValue> more) {
        Map<String, JsonValue> config = new LinkedHashMap<>(more);
        config.put("source", JsonValue.text(source));
        config.put("items_pointer", JsonValue.text(""));
        config.put("body_entry", JsonValue.text(body));
        config.put("max_in_flight", JsonValue.number(inFlight));
        return surface(SurfaceKind.FOR_EACH, source, config);
    }

    /** As {@link #each}, for so many items of the list in one call. */
    Drawing batches(String source, String body, int most, int inFlight) {
        Map<String, JsonValue> batch = new LinkedHashMap<>();
        batch.put("max_items", JsonValue.number(most));
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("source", JsonValue.text(source));
        config.put("items_pointer", JsonValue.text(""));
        config.put("body_entry", JsonValue.text(body));
        config.put("max_in_flight", JsonValue.number(inFlight));
        config.put("batch", new JsonValue.Obj(batch));
        return surface(SurfaceKind.FOR_EACH, source, config);
    }

    /** A rate; {@code smoothingMillis} is 0 for none. */
    Drawing rate(String node, int perSecond, int burst, int smoothingMillis) {
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("target", JsonValue.text(node));
        config.put("qps", JsonValue.number(perSecond));
        config.put("burst", JsonValue.number(burst));
        config.put("smoothing_ms", JsonValue.number(smoothingMillis));
        return surface(SurfaceKind.RATE_LIMIT, node, config);
    }

    Drawing onError(String node, String strategy, int retries, int backoffMillis) {
        return letters(node, strategy, retries, backoffMillis, "");
    }

    /** An error handler that sends on to {@code to} what it gives up; empty for nowhere. */
    Drawing letters(String node, String strategy, int retries, int backoffMillis, String to) {
        Map<String, JsonValue> scope = new LinkedHashMap<>();
        scope.put("nodes", new JsonValue.Arr(List.of(JsonValue.text(node))));
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("scope", new JsonValue.Obj(scope));
        config.put("strategy", JsonValue.text(strategy));
        config.put("max_retries", JsonValue.number(retries));
        config.put("backoff_ms", JsonValue.number(backoffMillis));
        if (!to.isEmpty()) {
            config.put("dead_letter", JsonValue.text(to));
        }
        return surface(SurfaceKind.ERROR_HANDLER, node, config);
    }

    /** A loop from {@code entry} to {@code exit} that ends when {@code /done} is true. */
    Drawing loop(String source, String entry, String exit, int rounds, String atLimit) {
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("source", JsonValue.text(source));
        config.put("body_entry", JsonValue.text(entry));
        config.put("body_exit", JsonValue.text(exit));
        config.put("selector_pointer", JsonValue.text("/done"));
        config.put("max_iterations", JsonValue.number(rounds));
        config.put("on_limit", JsonValue.text(atLimit));
        return surface(SurfaceKind.LOOP, entry, config);
    }

    /** A timeout; {@code to} gets what took too long, empty for nowhere. */
    Drawing timeout(String node, int millis, String policy, int retries, String to) {
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("target", JsonValue.text(node));
        config.put("timeout_ms", JsonValue.number(millis));
        config.put("policy", JsonValue.text(policy));
        config.put("max_retries", JsonValue.number(retries));
        if (!to.isEmpty()) {
            config.put("dead_letter", JsonValue.text(to));
        }
        return surface(SurfaceKind.TIMEOUT, node, config);
    }

    /** Keys at {@code /key} take turns on the way from one node to another. */
    Drawing partition(String from, String to, Map<String, JsonValue> more) {
        Map<String, JsonValue> edge = new LinkedHashMap<>();
        edge.put("from", JsonValue.text(from));
        edge.put("to", JsonValue.text(to));
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("edge", new JsonValue.Obj(edge));
        config.put("key", JsonValue.text("key"));
        config.put("key_pointer", JsonValue.text("/key"));
        config.putAll(more);
        return surface(SurfaceKind.PARTITION, to, config);
    }

    /** Windows at {@code node} over {@code /at}, by {@code /key}; {@code more} goes before that. */
    Drawing window(String node, long sizeMillis, long latenessMillis, Map<String, JsonValue> more) {
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("target", JsonValue.text(node));
        config.put("event_time_pointer", JsonValue.text("/at"));
        config.put("key_pointer", JsonValue.text("/key"));
        config.put("size_ms", JsonValue.number(sizeMillis));
        config.put("allowed_lateness_ms", JsonValue.number(latenessMillis));
        config.put("watermark", JsonValue.text("bounded"));
        config.putAll(more);
        return surface(SurfaceKind.WINDOW, node, config);
    }

    Drawing streams(String alias) {
        streaming = alias;
        return this;
    }

    private Drawing surface(SurfaceKind kind, String about, Map<String, JsonValue> config) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("v", JsonValue.number(1));
        members.putAll(config);
        surfaces.add(
                new ControlSurface(
                        kind.wire() + ":" + about, kind, List.of(), new JsonValue.Obj(members)));
        return this;
    }

    Plan plan(String trigger, String capture) {
        return plan(trigger, capture, true);
    }

    Plan unfused(String trigger, String capture) {
        return plan(trigger, capture, false);
    }

    /**
     * The nodes of {@code inner}, called as {@code alias} and themselves: the first after {@code
     * from}, and {@code to}, if any, after the last.
     */
    Drawing laid(String alias, Drawing inner, String from, String to) {
        FlowDefinition laid = inner.definition().laidAs(alias);
        nodes.addAll(laid.nodes());
        edges.addAll(laid.edges());
        surfaces.addAll(laid.controlSurfaces());
        edge(from, laid.nodes().get(0).alias());
        return to.isEmpty() ? this : edge(laid.nodes().get(laid.nodes().size() - 1).alias(), to);
    }

    private FlowDefinition definition() {
        return new FlowDefinition(
                "id",
                "conformance",
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

    private Plan plan(String trigger, String capture, boolean fuse) {
        Surroundings around = Surroundings.plain().spilling();
        Surroundings told =
                new Surroundings(
                        node ->
                                node.alias().equals(streaming)
                                        ? Surroundings.Handler.STREAMING
                                        : Surroundings.Handler.SINGLE,
                        around.selectors(),
                        true,
                        around.edgeCapacity(),
                        around.spillCapacity(),
                        fuse);
        Lowered lowered = Lowering.lower(definition(), trigger, capture, told);
        if (lowered instanceof Lowered.Ready ready) {
            return ready.plan();
        }
        throw new MismatchException("lowering gave " + lowered);
    }

    private static OptionalLong none() {
        return OptionalLong.empty();
    }

    private static Optional<String> absent() {
        return Optional.empty();
    }
}
