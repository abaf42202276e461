package dev.flowir.ir.plan;

import dev.flowir.ir.Backoff;
import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Selector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What the control surfaces of a definition say about its nodes and edges. */
final class SurfaceTables {

    private static final int MAX_IN_FLIGHT = 4096;
    private static final long MOST_UNDO_MILLIS = Long.MAX_VALUE / 4_000_000;

    private final FlowDefinition flow;
    private final Map<String, Integer> indexes;
    private final Surroundings around;
    private final Map<Integer, Route> routes = new HashMap<>();
    private final Map<Integer, PerItem> perItem = new HashMap<>();
    private final Map<Integer, ErrorPolicy> policies = new HashMap<>();
    private final Map<Integer, UndoneBy> undone = new HashMap<>();
    private final Set<Integer> gated = new HashSet<>();
    private final Set<Integer> perItemEdges = new HashSet<>();

    SurfaceTables(FlowDefinition flow, Map<String, Integer> indexes, Surroundings around) {
        this.flow = flow;
        this.indexes = indexes;
        this.around = around;
    }

    /** Reads every surface in document order; the first that cannot run is the refusal. */
    void read() throws RefusedException {
        for (ControlSurface surface : flow.controlSurfaces()) {
            switch (surface.kind()) {
                case IF, SWITCH -> route(surface);
                case FOR_EACH -> forEach(surface);
                case ERROR_HANDLER -> errorHandler(surface);
                case PARTITION -> {} // metadata only: edges keep their order anyway
                case LOOP, WINDOW, TIMEOUT, RATE_LIMIT ->
                        throw new RefusedException(
                                new Refusal.UnsupportedSurface(
                                        surface.id(), surface.kind().wire()));
            }
        }
    }

    Optional<Route> route(int node) {
        return Optional.ofNullable(routes.get(node));
    }

    Optional<PerItem> perItem(int node) {
        return Optional.ofNullable(perItem.get(node));
    }

    ErrorPolicy policy(int node) {
        return policies.getOrDefault(node, ErrorPolicy.FAIL);
    }

    Optional<UndoneBy> undoneBy(int node) {
        return Optional.ofNullable(undone.get(node));
    }

    boolean isGated(int edge) {
        return gated.contains(edge);
    }

    boolean isPerItem(int edge) {
        return perItemEdges.contains(edge);
    }

    private void route(ControlSurface surface) throws RefusedException {
        ConfigReader config = new ConfigReader(surface);
        String kind = surface.kind().wire();
        String sourceAlias = config.text("source");
        int source = node(config, sourceAlias);
        JsonPointer pointer = config.pointer("selector_pointer");
        Map<String, Integer> cases = new LinkedHashMap<>();
        int other = Route.NOWHERE;
        if (kind.equals("if")) {
            cases.put("true", target(config, source, config.text("then")));
            cases.put("false", target(config, source, config.text("else")));
        } else {
            for (Map.Entry<String, JsonValue> entry :
                    new TreeMap<>(config.object("cases")).entrySet()) {
                if (!(entry.getValue() instanceof JsonValue.Text text)) {
                    throw config.invalid("case '" + entry.getKey() + "' must name a node");
                }
                cases.put(entry.getKey(), target(config, source, text.value()));
            }
            Optional<String> fallback = config.textIfPresent("default");
            if (fallback.isPresent()) {
                other = target(config, source, fallback.get());
            }
        }
        Route earlier = routes.get(source);
        if (earlier != null) {
            throw config.invalid(
                    "'"
                            + sourceAlias
                            + "' is already routed by surface '"
                            + earlier.surface()
                            + "'; put a node between, so that each branch has its own source");
        }
        Selector selector =
                around.selectors()
                        .apply(sourceAlias)
                        .orElseGet(() -> new PointerSelector(pointer, kind.equals("if")));
        Route route = new Route(surface.id(), kind, selector, cases, other);
        routes.put(source, route);
        for (int e = 0; e < flow.edges().size(); e++) {
            EdgeDefinition edge = flow.edges().get(e);
            Integer to = indexes.get(edge.to());
            if (edge.from().equals(sourceAlias)
                    && to != null
                    && (cases.containsValue(to) || to == other)) {
                gated.add(e);
            }
        }
    }

    private void forEach(ControlSurface surface) throws RefusedException {
        ConfigReader config = new ConfigReader(surface);
        int source = node(config, config.text("source"));
        JsonPointer items = config.pointer("items_pointer");
        int body = target(config, source, config.text("body_entry"));
        OptionalLong asked = config.unsigned("max_in_flight");
        long inFlight = asked.orElse(PerItem.DEFAULT_IN_FLIGHT);
        if (inFlight < 1 || inFlight > MAX_IN_FLIGHT) {
            throw config.invalid(
                    "config.max_in_flight must be 1 to " + MAX_IN_FLIGHT + ", got " + inFlight);
        }
        if (perItem.containsKey(body)) {
            throw config.invalid(
                    "'" + flow.nodes().get(body).alias() + "' is already the body of a for_each");
        }
        if (!flow.nodes().get(body).join().isEmpty()) {
            throw config.invalid(
                    "'" + flow.nodes().get(body).alias() + "' joins; it cannot run per item");
        }
        perItem.put(body, new PerItem(surface.id(), items, (int) inFlight));
        for (int e = 0; e < flow.edges().size(); e++) {
            EdgeDefinition edge = flow.edges().get(e);
            if (edge.from().equals(flow.nodes().get(source).alias())
                    && edge.to().equals(flow.nodes().get(body).alias())) {
                perItemEdges.add(e);
            }
        }
    }

    private void errorHandler(ControlSurface surface) throws RefusedException {
        ConfigReader config = new ConfigReader(surface);
        JsonValue scope = config.object("scope").getOrDefault("nodes", JsonValue.nil());
        ErrorPolicy.Strategy strategy =
                switch (config.text("strategy")) {
                    case "retry" -> ErrorPolicy.Strategy.RETRY;
                    case "fail" -> ErrorPolicy.Strategy.FAIL;
                    case "continue" -> ErrorPolicy.Strategy.CONTINUE;
                    default ->
                            throw config.invalid("config.strategy must be retry, fail or continue");
                };
        boolean retries = strategy == ErrorPolicy.Strategy.RETRY;
        long maxRetries =
                config.unsigned("max_retries").orElse(retries ? ErrorPolicy.DEFAULT_RETRIES : 0);
        ErrorPolicy policy =
                new ErrorPolicy(
                        strategy,
                        (int) Math.min(maxRetries, Integer.MAX_VALUE - 1),
                        config.unsigned("backoff_ms").orElse(0),
                        growth(config),
                        config.unsigned("max_backoff_ms").orElse(Long.MAX_VALUE),
                        (int) Math.min(100, config.unsigned("jitter_percent").orElse(0)));
        Optional<String> undo = config.textIfPresent("compensate");
        boolean onlyUndoes = undo.isPresent() && strategy == ErrorPolicy.Strategy.FAIL;
        for (String alias : config.texts(scope, "config.scope.nodes")) {
            if (undo.isPresent()) {
                compensate(config, node(config, alias), node(config, undo.get()));
            }
            if (onlyUndoes) {
                continue; // a handler of its own may say how often the node is repeated
            }
            if (policies.putIfAbsent(node(config, alias), policy) != null) {
                throw config.invalid("'" + alias + "' already has an error handler");
            }
        }
    }

    private void compensate(ConfigReader config, int node, int undo) throws RefusedException {
        String by = flow.nodes().get(undo).alias();
        for (int n : new int[] {node, undo}) {
            if (flow.nodes().get(n).effects() != Effects.EFFECTFUL) {
                throw config.invalid(
                        "'"
                                + flow.nodes().get(n).alias()
                                + "' changes nothing: it is neither undone nor undoes anything");
            }
        }
        for (EdgeDefinition edge : flow.edges()) {
            if (edge.from().equals(by) || edge.to().equals(by)) {
                throw config.invalid("'" + by + "' has an edge; what undoes has none");
            }
        }
        long timeout = config.unsigned("compensate_timeout_ms").orElse(0);
        UndoneBy undoneBy =
                new UndoneBy(config.surface(), undo, Math.min(timeout, MOST_UNDO_MILLIS));
        if (undone.putIfAbsent(node, undoneBy) != null) {
            throw config.invalid(
                    "'" + flow.nodes().get(node).alias() + "' is undone by another node already");
        }
    }

    private static Backoff.Growth growth(ConfigReader config) throws RefusedException {
        String asked = config.textIfPresent("backoff").orElse("constant");
        for (Backoff.Growth growth : Backoff.Growth.values()) {
            if (growth.wire().equals(asked)) {
                return growth;
            }
        }
        throw config.invalid("config.backoff must be constant, linear or exponential");
    }

    private int node(ConfigReader config, String alias) throws RefusedException {
        Integer index = indexes.get(alias);
        if (index == null) {
            throw config.invalid("'" + alias + "' is no node");
        }
        return index;
    }

    private int target(ConfigReader config, int source, String alias) throws RefusedException {
        int index = node(config, alias);
        String from = flow.nodes().get(source).alias();
        for (EdgeDefinition edge : flow.edges()) {
            if (edge.from().equals(from) && edge.to().equals(alias)) {
                return index;
            }
        }
        throw config.invalid("there is no edge from '" + from + "' to '" + alias + "'");
    }
}
