package dev.flowir.ir.plan;

import dev.flowir.ir.Backoff;
import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What error handlers and timeouts say: how often, how long, where to, and what undoes. */
final class FailureTables {

    private static final long MOST_MILLIS = Long.MAX_VALUE / 4_000_000;

    /** A way out of a node for what it could not work on. */
    private record Letters(ConfigReader config, int node, int to) {}

    private final Aliases aliases;
    private final Map<Integer, ErrorPolicy> policies = new HashMap<>();
    private final Map<Integer, ErrorPolicy> late = new HashMap<>();
    private final Map<Integer, Long> limits = new HashMap<>();
    private final Map<Integer, UndoneBy> undone = new HashMap<>();
    private final List<Letters> letters = new ArrayList<>();
    private final Set<Integer> letterEdges = new HashSet<>();

    FailureTables(Aliases aliases) {
        this.aliases = aliases;
    }

    ErrorPolicy policy(int node) {
        return policies.getOrDefault(node, ErrorPolicy.FAIL);
    }

    /** What follows when the time of {@code node} is over. */
    ErrorPolicy late(int node) {
        return late.getOrDefault(node, policy(node));
    }

    /** Milliseconds for an attempt at {@code node}; 0 for no limit of its own. */
    long limitMillis(int node) {
        return limits.getOrDefault(node, 0L);
    }

    Optional<UndoneBy> undoneBy(int node) {
        return Optional.ofNullable(undone.get(node));
    }

    boolean isLetter(int edge) {
        return letterEdges.contains(edge);
    }

    void errorHandler(ControlSurface surface) throws RefusedException {
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
        ErrorPolicy policy = policy(config, strategy);
        Optional<String> undo = config.textIfPresent("compensate");
        Optional<String> to = config.textIfPresent("dead_letter");
        boolean onlyUndoes = undo.isPresent() && strategy == ErrorPolicy.Strategy.FAIL;
        if (to.isPresent() && strategy == ErrorPolicy.Strategy.FAIL) {
            throw config.invalid("with strategy fail nothing goes to '" + to.get() + "'");
        }
        for (String alias : config.texts(scope, "config.scope.nodes")) {
            int node = aliases.node(config, alias);
            if (undo.isPresent()) {
                compensate(config, node, aliases.node(config, undo.get()));
            }
            if (onlyUndoes) {
                continue; // a handler of its own may say how often the node is repeated
            }
            ErrorPolicy own = to.isPresent() ? lettered(config, policy, node, to.get()) : policy;
            if (policies.putIfAbsent(node, own) != null) {
                throw config.invalid("'" + alias + "' already has an error handler");
            }
        }
    }

    void timeout(ControlSurface surface) throws RefusedException {
        ConfigReader config = new ConfigReader(surface);
        String alias = config.text("target");
        int node = aliases.node(config, alias);
        long millis = config.unsigned("timeout_ms").orElse(0);
        if (millis == 0) {
            throw config.invalid("config.timeout_ms must be an integer above zero");
        }
        boolean hasEdge = false;
        for (EdgeDefinition edge : aliases.flow().edges()) {
            hasEdge |= edge.to().equals(alias);
        }
        if (!hasEdge) {
            throw config.invalid("no edge leads to '" + alias + "'; bound the run by a deadline");
        }
        if (limits.putIfAbsent(node, Math.min(millis, MOST_MILLIS)) != null) {
            throw config.invalid("'" + alias + "' already has a timeout");
        }
        Optional<String> policy = config.textIfPresent("policy");
        Optional<String> to = config.textIfPresent("dead_letter");
        if (policy.isEmpty()) {
            if (to.isPresent()) {
                throw config.invalid("config.dead_letter needs a policy of retry or dead_letter");
            }
            return; // the error handler decides, as for any failure
        }
        late.put(
                node,
                switch (policy.get()) {
                    case "cancel" -> {
                        if (to.isPresent()) {
                            throw config.invalid("with policy cancel nothing goes on");
                        }
                        yield ErrorPolicy.CANCEL;
                    }
                    case "retry" -> {
                        ErrorPolicy again = policy(config, ErrorPolicy.Strategy.RETRY);
                        yield to.isPresent() ? lettered(config, again, node, to.get()) : again;
                    }
                    case "dead_letter" ->
                            lettered(
                                    config,
                                    policy(config, ErrorPolicy.Strategy.CONTINUE),
                                    node,
                                    config.text("dead_letter"));
                    default ->
                            throw config.invalid(
                                    "config.policy must be cancel, retry or dead_letter");
                });
    }

    private static ErrorPolicy policy(ConfigReader config, ErrorPolicy.Strategy strategy)
            throws RefusedException {
        boolean retries = strategy == ErrorPolicy.Strategy.RETRY;
        long maxRetries =
                config.unsigned("max_retries").orElse(retries ? ErrorPolicy.DEFAULT_RETRIES : 0);
        return new ErrorPolicy(
                strategy,
                (int) Math.min(maxRetries, Integer.MAX_VALUE - 1),
                config.unsigned("backoff_ms").orElse(0),
                growth(config),
                config.unsigned("max_backoff_ms").orElse(Long.MAX_VALUE),
                (int) Math.min(100, config.unsigned("jitter_percent").orElse(0)),
                ErrorPolicy.NOWHERE);
    }

    private ErrorPolicy lettered(ConfigReader config, ErrorPolicy policy, int node, String alias)
            throws RefusedException {
        int to = aliases.target(config, node, alias);
        List<Integer> edges = aliases.edges(node, to);
        if (edges.size() > 1) {
            throw config.invalid("there is more than one edge to '" + alias + "'");
        }
        letterEdges.addAll(edges);
        letters.add(new Letters(config, node, to));
        return policy.to(to);
    }

    /** Refuses ways out that contradict what other surfaces say. */
    void settle(SurfaceTables tables) throws RefusedException {
        for (Letters each : letters) {
            String alias = aliases.alias(each.node());
            String to = aliases.alias(each.to());
            if (tables.perItem(each.node()).isPresent()) {
                throw each.config()
                        .invalid(
                                "'"
                                        + alias
                                        + "' runs per item of a list, whose items have no way out of their own");
            }
            boolean isRouted =
                    tables.route(each.node())
                            .filter(route ->
                                    route.cases().containsValue(each.to())
                                            || route.defaultTarget() == each.to())
                            .isPresent();
            if (isRouted) {
                throw each.config()
                        .invalid("'" + alias + "' routes to '" + to + "' what it worked on");
            }
        }
    }

    private void compensate(ConfigReader config, int node, int undo) throws RefusedException {
        String by = aliases.alias(undo);
        for (int n : new int[] {node, undo}) {
            if (aliases.flow().nodes().get(n).effects() != Effects.EFFECTFUL) {
                throw config.invalid(
                        "'"
                                + aliases.alias(n)
                                + "' changes nothing: it is neither undone nor undoes anything");
            }
        }
        for (EdgeDefinition edge : aliases.flow().edges()) {
            if (edge.from().equals(by) || edge.to().equals(by)) {
                throw config.invalid("'" + by + "' has an edge; what undoes has none");
            }
        }
        long timeout = config.unsigned("compensate_timeout_ms").orElse(0);
        UndoneBy undoneBy = new UndoneBy(config.surface(), undo, Math.min(timeout, MOST_MILLIS));
        if (undone.putIfAbsent(node, undoneBy) != null) {
            throw config.invalid("'" + aliases.alias(node) + "' is undone by another node already");
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
}
