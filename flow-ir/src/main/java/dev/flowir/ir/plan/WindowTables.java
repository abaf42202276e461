package dev.flowir.ir.plan;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceCode;
import dev.flowir.ir.WindowBounds;
import dev.flowir.ir.WindowShape;
import dev.flowir.ir.WindowTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** What windows say: which nodes put items together by time, and how. */
final class WindowTables {

    private record Read(ConfigReader config, Windowing windowing) {}

    private final Aliases aliases;
    private final Surroundings around;
    private final List<Read> windows = new ArrayList<>();
    private final Set<Integer> lateEdges = new HashSet<>();
    private final Map<Integer, PerItem> lists = new HashMap<>();

    WindowTables(Aliases aliases, Surroundings around) {
        this.aliases = aliases;
        this.around = around;
    }

    /** The lists that {@code node} makes windows of; empty when it does of what comes to it. */
    Optional<PerItem> list(int node) {
        return Optional.ofNullable(lists.get(node));
    }

    /** True when what comes to the node called {@code alias} are lists to make windows of. */
    boolean carriesList(String alias) {
        for (int node : lists.keySet()) {
            if (aliases.alias(node).equals(alias)) {
                return true;
            }
        }
        return false;
    }

    boolean isLate(int edge) {
        return lateEdges.contains(edge);
    }

    @OnlyWith(PlanFeatures.WINDOWS)
    void window(ControlSurface surface) throws RefusedException {
        ConfigReader config = new ConfigReader(surface);
        Optional<String> target = config.textIfPresent("target");
        if (target.isEmpty()) { // the reference's form, which does not say of which node it is
            throw new RefusedException(
                    new Refusal.UnsupportedSurface(surface.id(), surface.kind().wire()));
        }
        int node = aliases.node(config, target.get());
        if (!config.text("watermark").equals("bounded")) {
            throw config.invalid("config.watermark must be bounded");
        }
        WindowTime time =
                WindowTime.of(config.textIfPresent("time").orElse("event"))
                        .orElseThrow(() ->
                                config.invalid("config.time must be event, ingest or processing"));
        boolean listed = config.textIfPresent("items_pointer").isPresent();
        if (listed && (time != WindowTime.EVENT || config.textIfPresent("late").isPresent())) {
            throw config.invalid(
                    "the items of a list come at once: go by event time, and send none on as late");
        }
        if (listed) {
            lists.put(node, PerItem.of(surface.id(), config.pointer("items_pointer")));
        }
        long lateness = millis(config, "allowed_lateness_ms");
        long outOfOrder = millis(config, "out_of_order_ms");
        if (time == WindowTime.PROCESSING && (lateness > 0 || outOfOrder > 0)) {
            throw config.invalid(
                    "by processing time nothing is late: leave out_of_order_ms out and set"
                            + " allowed_lateness_ms to 0");
        }
        Optional<String> to = config.textIfPresent("late");
        int late = Windowing.NOWHERE;
        if (to.isPresent()) {
            late = aliases.target(config, node, to.get());
            if (aliases.edges(node, late).size() > 1) {
                throw config.invalid("there is more than one edge to '" + to.get() + "'");
            }
            lateEdges.addAll(aliases.edges(node, late));
        }
        Optional<SurfaceCode> code = around.code().apply(surface.id());
        JsonPointer at = config.pointer("event_time_pointer");
        windows.add(
                new Read(
                        config,
                        new Windowing(
                                surface.id(),
                                windows.size(),
                                node,
                                listed ? Windowing.Over.LIST : Windowing.Over.INPUTS,
                                shape(config),
                                time,
                                outOfOrder,
                                lateness,
                                late,
                                bounds(config),
                                key(config, code.flatMap(SurfaceCode::key)),
                                code.flatMap(SurfaceCode::timeMillis)
                                        .orElseGet(() -> item -> time(at, item)),
                                code.flatMap(SurfaceCode::fold),
                                code.isPresent() ? window -> window : WindowJson::of)));
    }

    private static WindowShape shape(ConfigReader config) throws RefusedException {
        WindowShape.Kind kind =
                WindowShape.kind(config.textIfPresent("shape").orElse("tumbling"))
                        .orElseThrow(() ->
                                config.invalid(
                                        "config.shape must be tumbling, sliding or session"));
        long size = config.unsigned("size_ms").orElse(0);
        try {
            return new WindowShape(kind, size, config.unsigned("every_ms").orElse(size));
        } catch (IllegalArgumentException refused) {
            throw config.invalid(String.valueOf(refused.getMessage()));
        }
    }

    private static WindowBounds bounds(ConfigReader config) throws RefusedException {
        WindowBounds plain = WindowBounds.DEFAULTS;
        return new WindowBounds(
                bound(config, "max_keys", plain.keys()),
                bound(config, "max_open", plain.open()),
                bound(config, "max_items", plain.items()));
    }

    private static int bound(ConfigReader config, String key, int otherwise)
            throws RefusedException {
        OptionalLong asked = config.unsigned(key);
        if (asked.isPresent() && asked.getAsLong() == 0) {
            throw config.invalid("config." + key + " must be an integer above zero");
        }
        return (int) Math.min(asked.orElse(otherwise), Integer.MAX_VALUE / 2);
    }

    private static long millis(ConfigReader config, String key) throws RefusedException {
        long millis = config.unsigned(key).orElse(0);
        if (millis > WindowShape.MOST_MILLIS) {
            throw config.invalid("config." + key + " must be at most " + WindowShape.MOST_MILLIS);
        }
        return millis;
    }

    private static Function<Object, Object> key(
            ConfigReader config, Optional<Function<Object, Object>> typed) throws RefusedException {
        if (typed.isPresent()) {
            return typed.get();
        }
        if (config.textIfPresent("key_pointer").isEmpty()) {
            return item -> "";
        }
        JsonPointer pointer = config.pointer("key_pointer");
        return item ->
                pointer.resolve(item)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "there is nothing at key_pointer '" + pointer + "'"));
    }

    private static long time(JsonPointer pointer, Object item) {
        Object found = pointer.resolve(item).orElse("nothing");
        if (found instanceof JsonValue.Num number) {
            try {
                return Long.parseLong(number.text());
            } catch (NumberFormatException noInteger) {
                throw new IllegalArgumentException(
                        "event_time_pointer '"
                                + pointer
                                + "' holds "
                                + number.text()
                                + ", which is no integer of milliseconds",
                        noInteger);
            }
        }
        if (found instanceof Long millis) {
            return millis;
        }
        throw new IllegalArgumentException(
                "event_time_pointer '" + pointer + "' holds no integer of milliseconds");
    }

    /** The windows, once every surface was read; refuses those that contradict another. */
    Windowing[] settle(SurfaceTables tables, Loop[] loops, Race[] races, int trigger)
            throws RefusedException {
        return windows.isEmpty() ? new Windowing[0] : settled(tables, loops, races, trigger);
    }

    @OnlyWith(PlanFeatures.WINDOWS)
    private Windowing[] settled(SurfaceTables tables, Loop[] loops, Race[] races, int trigger)
            throws RefusedException {
        Set<Integer> taken = new HashSet<>();
        Windowing[] all = new Windowing[windows.size()];
        for (Read read : windows) {
            Windowing window = read.windowing();
            String problem = problem(tables, window, trigger);
            if (problem.isEmpty() && !taken.add(window.node())) {
                problem = "has windows already";
            }
            for (Loop loop : loops) {
                int at = loop.entry();
                boolean within = at == window.node();
                while (at != loop.exit()) {
                    at = aliases.node(read.config(), next(at));
                    within |= at == window.node();
                }
                problem = problem.isEmpty() && within ? "is in a loop" : problem;
            }
            for (Race race : races) { // of one input, so of several windows one would win
                boolean before =
                        window.over() == Windowing.Over.INPUTS && race.reaches(window.node());
                problem =
                        problem.isEmpty() && before
                                ? "leads to the race '" + aliases.alias(race.node()) + "'"
                                : problem;
            }
            if (!problem.isEmpty()) {
                throw read.config().invalid("'" + aliases.alias(window.node()) + "' " + problem);
            }
            all[window.index()] = window;
        }
        return all;
    }

    /** Loops are lines: one edge leads on. */
    private String next(int node) {
        for (EdgeDefinition edge : aliases.flow().edges()) {
            if (edge.from().equals(aliases.alias(node))) {
                return edge.to();
            }
        }
        throw new IllegalStateException("a loop does not go on at node " + node);
    }

    private String problem(SurfaceTables tables, Windowing window, int trigger) {
        int node = window.node();
        if (node == trigger) {
            return "takes the input of the flow; put a node between";
        }
        if (!aliases.flow().nodes().get(node).join().isEmpty()) {
            return "joins; put a node between";
        }
        if (tables.isBodyOfForEach(node)) {
            return "runs per item of a list; put a node between";
        }
        boolean takesLate =
                window.late() != Windowing.NOWHERE
                        && (tables.failures().policy(node).letters() == window.late()
                                || tables.route(node)
                                        .filter(route ->
                                                route.cases().containsValue(window.late())
                                                        || route.defaultTarget() == window.late())
                                        .isPresent());
        return takesLate
                ? "sends on to '" + aliases.alias(window.late()) + "' what is not late"
                : "";
    }
}
