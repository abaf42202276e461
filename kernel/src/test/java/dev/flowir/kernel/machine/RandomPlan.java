package dev.flowir.kernel.machine;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.FanIn;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Losers;
import dev.flowir.ir.Ordering;
import dev.flowir.ir.Selector;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.kernel.Flows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A plan made of a seed, with everything that a definition can hold. */
final class RandomPlan {

    private final Rng rng;
    private final boolean calm;
    private final Flows flows = Flows.named("random");
    private final List<String> aliases = new ArrayList<>();
    private final Map<String, List<String>> sources = new LinkedHashMap<>();
    private final Set<String> joins = new HashSet<>();
    private final Set<String> bodies = new HashSet<>();
    private final Set<String> listSources = new HashSet<>();
    private final Set<String> inLoops = new HashSet<>();
    private final Set<String> ends = new HashSet<>();
    private boolean drops;
    private boolean streams;

    /**
     * A maker of plans.
     *
     * @param calm without drop policies, failures and limits
     */
    RandomPlan(Rng rng, boolean calm) {
        this.rng = rng;
        this.calm = calm;
    }

    /** True when the capture gives streams. */
    boolean streams() {
        return streams;
    }

    boolean drops() {
        return drops;
    }

    /** True when the output of {@code alias} is a list, because items of it are worked on. */
    boolean givesList(String alias) {
        return listSources.contains(alias);
    }

    Plan make() {
        int count = 2 + rng.below(8);
        for (int n = 0; n < count; n++) {
            String alias = "n" + n;
            aliases.add(alias);
            if (rng.chance(50)) {
                flows.nodes(alias);
            } else {
                flows.reads(alias, (in, handles, context) -> in);
            }
            sources.put(alias, n == 0 ? List.of() : pickSources(n));
        }
        shape();
        String capture = aliases.get(rng.chance(70) ? count - 1 : rng.below(count));
        if (inLoops.contains(capture)) {
            capture = aliases.get(0); // what is within a loop gives no output
        }
        String captured = capture;
        streams = rng.chance(10) && !ends.contains(capture);
        Surroundings around =
                new Surroundings(
                        node ->
                                streams && node.alias().equals(captured)
                                        ? Surroundings.Handler.STREAMING
                                        : Surroundings.Handler.SINGLE,
                        key -> Optional.of(key.startsWith("loop:") ? this::done : this::select),
                        true,
                        1 + rng.below(3),
                        1 + rng.below(4),
                        rng.chance(50));
        Lowered lowered = Lowering.lower(flows.definition(), "n0", capture, around);
        if (lowered instanceof Lowered.Ready ready) {
            return ready.plan();
        }
        throw new IllegalStateException("the maker made " + lowered);
    }

    private List<String> pickSources(int n) {
        List<String> picked = new ArrayList<>();
        int wanted = 1 + (rng.chance(35) ? 1 + rng.below(2) : 0);
        for (int i = 0; i < wanted; i++) {
            // near ones most often, so that chains come up; sometimes twice the same
            int back = rng.chance(60) ? 1 : 1 + rng.below(n);
            picked.add(aliases.get(n - back));
        }
        return picked;
    }

    private void shape() {
        sources.forEach((alias, from) -> {
            if (from.size() > 1 && rng.chance(60)) {
                joins.add(alias);
                flows.meet(alias, meeting(), from.toArray(String[]::new));
            } else if (from.size() == 1 && rng.chance(15)) {
                bodies.add(alias);
                listSources.add(from.get(0));
                if (rng.chance(40)) {
                    flows.batches(from.get(0), alias, 1 + rng.below(3), 1 + rng.below(3));
                } else {
                    flows.forEach(from.get(0), alias, 1 + rng.below(3));
                }
            }
            from.forEach(source -> flows.edge(edge(source, alias)));
        });
        for (String alias : aliases) {
            if (rng.chance(20)) {
                loop(alias);
            }
        }
        for (String alias : aliases) {
            if (rng.chance(10)) {
                rate(alias);
            }
            Set<String> routed = inLoops.contains(alias) ? Set.of() : routes(alias);
            if (!calm) {
                failures(alias, routed);
            }
        }
    }

    private Optional<FanIn> meeting() {
        return switch (rng.below(5)) {
            case 0 -> Optional.of(new FanIn.Race(Losers.CANCEL));
            case 1 -> Optional.of(new FanIn.Race(Losers.FINISH));
            case 2 -> Optional.of(new FanIn.Zip());
            default -> Optional.empty();
        };
    }

    private void rate(String alias) {
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("target", JsonValue.text(alias));
        config.put("qps", JsonValue.number(1 + rng.below(2000)));
        config.put("burst", JsonValue.number(1 + rng.below(3)));
        config.put("smoothing_ms", JsonValue.number(rng.below(3)));
        flows.surface("rate:" + alias, SurfaceKind.RATE_LIMIT, List.of(), config);
    }

    /** A loop that begins at {@code entry} and is as long as dice and the graph say. */
    private void loop(String entry) {
        List<String> line = new ArrayList<>();
        String at = sources.get(entry).isEmpty() ? "" : entry;
        while (!at.isEmpty() && isPlain(at)) {
            line.add(at);
            String next = next(at);
            boolean goesOn = !next.isEmpty() && isPlain(next) && sources.get(next).size() == 1;
            at = goesOn && rng.chance(60) ? next : "";
        }
        if (line.isEmpty()) {
            return;
        }
        String exit = line.remove(line.size() - 1);
        inLoops.addAll(line);
        ends.add(exit);
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("source", JsonValue.text(sources.get(entry).get(0)));
        config.put("body_entry", JsonValue.text(entry));
        config.put("body_exit", JsonValue.text(exit));
        config.put("selector_pointer", JsonValue.text(""));
        config.put("max_iterations", JsonValue.number(1 + rng.below(4)));
        config.put("on_limit", JsonValue.text(calm || rng.chance(50) ? "leave" : "fail"));
        flows.surface("loop:" + entry, SurfaceKind.LOOP, List.of(), config);
    }

    private boolean isPlain(String alias) {
        return !joins.contains(alias)
                && !bodies.contains(alias)
                && !listSources.contains(alias)
                && !inLoops.contains(alias)
                && !ends.contains(alias);
    }

    /** The only node that {@code alias} leads to, over one edge; empty when there are others. */
    private String next(String alias) {
        List<String> targets = new ArrayList<>();
        sources.forEach((target, from) ->
                from.stream().filter(alias::equals).forEach(it -> targets.add(target)));
        return targets.size() == 1 ? targets.get(0) : "";
    }

    private void failures(String alias, Set<String> routed) {
        List<String> ways = letterWays(alias, routed);
        if (rng.chance(30)) {
            String strategy = List.of("retry", "continue", "fail").get(rng.below(3));
            Optional<String> to =
                    strategy.equals("fail") || !rng.chance(40) ? Optional.empty() : any(ways);
            flows.onError(alias, strategy, rng.below(3), rng.below(3), to);
        }
        if (!sources.get(alias).isEmpty() && rng.chance(15)) {
            Map<String, JsonValue> config = new LinkedHashMap<>();
            config.put("target", JsonValue.text(alias));
            config.put("timeout_ms", JsonValue.number(1 + rng.below(20)));
            Optional<String> to = rng.chance(50) ? any(ways) : Optional.empty();
            List<String> policies =
                    to.isPresent()
                            ? List.of("retry", "dead_letter")
                            : List.of("", "cancel", "retry");
            String policy = policies.get(rng.below(policies.size()));
            if (!policy.isEmpty()) {
                config.put("policy", JsonValue.text(policy));
                config.put("max_retries", JsonValue.number(rng.below(3)));
                config.put("backoff_ms", JsonValue.number(rng.below(3)));
            }
            to.ifPresent(letters -> config.put("dead_letter", JsonValue.text(letters)));
            flows.surface("limit:" + alias, SurfaceKind.TIMEOUT, List.of(), config);
        }
    }

    private Optional<String> any(List<String> ways) {
        return ways.isEmpty() ? Optional.empty() : Optional.of(ways.get(rng.below(ways.size())));
    }

    /** Nodes to which what {@code alias} could not work on can go: over one edge, not routed. */
    private List<String> letterWays(String alias, Set<String> routed) {
        List<String> ways = new ArrayList<>();
        sources.forEach((target, from) -> {
            boolean once = from.stream().filter(alias::equals).count() == 1;
            if (once && !routed.contains(target) && !bodies.contains(target)) {
                ways.add(target);
            }
        });
        return bodies.contains(alias) || inLoops.contains(alias) ? List.of() : ways;
    }

    private EdgeDefinition edge(String from, String to) {
        OptionalLong items =
                rng.chance(50) ? OptionalLong.of(1 + rng.below(3)) : OptionalLong.empty();
        boolean spills = items.isPresent() && rng.chance(25);
        boolean dropsHere = !calm && rng.chance(10);
        drops |= dropsHere;
        return new EdgeDefinition(
                from,
                to,
                !calm && rng.chance(10) ? Delivery.AT_MOST_ONCE : Delivery.AT_LEAST_ONCE,
                Ordering.ORDERED,
                Optional.empty(),
                !calm && rng.chance(20) ? OptionalLong.of(1 + rng.below(20)) : OptionalLong.empty(),
                new Buffer(
                        items,
                        spills && rng.chance(50) ? OptionalLong.of(50) : OptionalLong.empty(),
                        spills ? Optional.of("tier") : Optional.empty(),
                        dropsHere
                                ? Optional.of(rng.chance(50) ? "drop_oldest" : "drop_newest")
                                : Optional.empty()));
    }

    /** Nodes that {@code alias} routes to. */
    private Set<String> routes(String alias) {
        List<String> targets = new ArrayList<>();
        sources.forEach((target, from) -> {
            if (from.contains(alias)) {
                targets.add(target);
            }
        });
        if (targets.isEmpty() || !rng.chance(35)) {
            return Set.of();
        }
        Set<String> routed = new HashSet<>();
        Map<String, JsonValue> cases = new HashMap<>();
        int keys = 1 + rng.below(3);
        for (int k = 0; k < keys; k++) {
            String target = targets.get(rng.below(targets.size()));
            routed.add(target);
            cases.put("k" + k, JsonValue.text(target));
        }
        Map<String, JsonValue> config = new LinkedHashMap<>();
        config.put("source", JsonValue.text(alias));
        config.put("selector_pointer", JsonValue.text(""));
        config.put("cases", new JsonValue.Obj(cases));
        if (rng.chance(50)) {
            String target = targets.get(rng.below(targets.size()));
            routed.add(target);
            config.put("default", JsonValue.text(target));
        }
        flows.surface("switch:" + alias, SurfaceKind.SWITCH, List.of(), config);
        return routed;
    }

    private Selector.Selection select(Object output) {
        if (!calm && output instanceof Value value && isUnusable(value.item())) {
            return new Selector.Unusable("simulated");
        }
        return new Selector.Key(key(output));
    }

    private Selector.Selection done(Object output) {
        long item = output instanceof Value value ? value.item() : 0;
        if (!calm && isUnusable(item)) {
            return new Selector.Unusable("simulated");
        }
        return new Selector.Key(isDone(item) ? "true" : "false");
    }

    /** Whether an output leaves its loop; follows from its item alone. */
    static boolean isDone(long item) {
        return Rng.hash(item, 13, 3) == 0;
    }

    /** Whether routes can do nothing with an output; follows from its item alone. */
    static boolean isUnusable(long item) {
        return Rng.hash(item, 11, 20) == 0;
    }

    /** The case that an output selects: follows from the output alone. */
    static String key(Object output) {
        long item =
                switch (output) {
                    case Value value -> value.item();
                    case List<?> list -> list.size();
                    default -> 0;
                };
        return "k" + Rng.hash(item, 7, 4);
    }
}
