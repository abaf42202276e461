package dev.flowir.ir.plan;

import dev.flowir.ir.Batches;
import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.ItemFailures;
import dev.flowir.ir.ItemFallback;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Selector;
import dev.flowir.ir.SurfaceCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What the control surfaces of a definition say about its nodes and edges. */
final class SurfaceTables {

    private static final int MAX_IN_FLIGHT = 4096;

    private final FlowDefinition flow;
    private final Aliases aliases;
    private final Surroundings around;
    private final FailureTables failures;
    private final LoopTables loops;
    private final RateTables rates;
    private final PartitionTables partitions;
    private final WindowTables windows;
    private final Map<Integer, Route> routes = new HashMap<>();
    private final Map<Integer, PerItem> perItem = new HashMap<>();
    private final Set<Integer> gated = new HashSet<>();
    private final Set<Integer> perItemEdges = new HashSet<>();

    SurfaceTables(FlowDefinition flow, Map<String, Integer> indexes, Surroundings around) {
        this.flow = flow;
        this.aliases = new Aliases(flow, indexes);
        this.failures = new FailureTables(aliases);
        this.loops = new LoopTables(aliases, around);
        this.rates = new RateTables(aliases);
        this.partitions = new PartitionTables(aliases, around);
        this.windows = new WindowTables(aliases, around);
        this.around = around;
    }

    /** Reads every surface in document order; the first that cannot run is the refusal. */
    void read() throws RefusedException {
        for (ControlSurface surface : flow.controlSurfaces()) {
            switch (surface.kind()) {
                case IF, SWITCH -> route(surface);
                case FOR_EACH -> forEach(surface);
                case ERROR_HANDLER -> failures.errorHandler(surface);
                case TIMEOUT -> failures.timeout(surface);
                case PARTITION -> partitions.partition(surface);
                case LOOP -> loops.loop(surface);
                case RATE_LIMIT -> rates.rateLimit(surface);
                case WINDOW -> windows.window(surface);
            }
        }
        failures.settle(this);
    }

    FailureTables failures() {
        return failures;
    }

    RateTables rates() {
        return rates;
    }

    PartitionTables partitions() {
        return partitions;
    }

    LoopTables loops() {
        return loops;
    }

    WindowTables windows() {
        return windows;
    }

    Optional<Route> route(int node) {
        return Optional.ofNullable(routes.get(node));
    }

    Optional<PerItem> perItem(int node) {
        PerItem each = perItem.get(node);
        return each == null ? windows.list(node) : Optional.of(each);
    }

    boolean isBodyOfForEach(int node) {
        return perItem.containsKey(node);
    }

    boolean isGated(int edge) {
        return gated.contains(edge) || failures.isLetter(edge) || windows.isLate(edge);
    }

    boolean isPerItem(int edge) {
        return perItemEdges.contains(edge) || windows.carriesList(flow.edges().get(edge).to());
    }

    @OnlyWith(PlanFeatures.ROUTES)
    private void route(ControlSurface surface) throws RefusedException {
        ConfigReader config = new ConfigReader(surface);
        String kind = surface.kind().wire();
        String sourceAlias = config.text("source");
        int source = aliases.node(config, sourceAlias);
        JsonPointer pointer = config.pointer("selector_pointer");
        Map<String, Integer> cases = new LinkedHashMap<>();
        int other = Route.NOWHERE;
        if (kind.equals("if")) {
            cases.put("true", aliases.target(config, source, config.text("then")));
            cases.put("false", aliases.target(config, source, config.text("else")));
        } else {
            for (Map.Entry<String, JsonValue> entry :
                    new TreeMap<>(config.object("cases")).entrySet()) {
                if (!(entry.getValue() instanceof JsonValue.Text text)) {
                    throw config.invalid("case '" + entry.getKey() + "' must name a node");
                }
                cases.put(entry.getKey(), aliases.target(config, source, text.value()));
            }
            Optional<String> fallback = config.textIfPresent("default");
            if (fallback.isPresent()) {
                other = aliases.target(config, source, fallback.get());
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
        for (int target : cases.values()) {
            gated.addAll(aliases.edges(source, target));
        }
        if (other != Route.NOWHERE) {
            gated.addAll(aliases.edges(source, other));
        }
    }

    @OnlyWith(PlanFeatures.LISTS)
    private void forEach(ControlSurface surface) throws RefusedException {
        ConfigReader config = new ConfigReader(surface);
        int source = aliases.node(config, config.text("source"));
        JsonPointer items = config.pointer("items_pointer");
        int body = aliases.target(config, source, config.text("body_entry"));
        OptionalLong asked = config.unsigned("max_in_flight");
        long inFlight = asked.orElse(PerItem.DEFAULT_IN_FLIGHT);
        if (inFlight < 1 || inFlight > MAX_IN_FLIGHT) {
            throw config.invalid(
                    "config.max_in_flight must be 1 to " + MAX_IN_FLIGHT + ", got " + inFlight);
        }
        if (perItem.containsKey(body)) {
            throw config.invalid("'" + aliases.alias(body) + "' is already the body of a for_each");
        }
        if (!flow.nodes().get(body).join().isEmpty()) {
            throw config.invalid("'" + aliases.alias(body) + "' joins; it cannot run per item");
        }
        int batch = batch(config);
        ItemFailures failures = failures(config);
        boolean replaces = failures == ItemFailures.REPLACE;
        Optional<ItemFallback<Object, Object>> instead =
                replaces
                        ? around.code().apply(surface.id()).flatMap(SurfaceCode::instead)
                        : Optional.empty();
        if (replaces && (instead.isEmpty() || batch > 0)) {
            throw config.invalid(
                    "only Java types can say what stands for a failed item; else write leave_out");
        }
        boolean ordered = config.flag("ordered", true);
        perItem.put(
                body,
                new PerItem(
                        surface.id(), items, (int) inFlight, batch, ordered, failures, instead));
        perItemEdges.addAll(aliases.edges(source, body));
    }

    private static ItemFailures failures(ConfigReader config) throws RefusedException {
        Optional<String> said = config.textIfPresent(ItemFailures.KEY);
        if (said.isEmpty()) {
            return ItemFailures.FAIL;
        }
        Optional<ItemFailures> known = ItemFailures.of(said.get());
        if (known.isEmpty()) {
            throw config.invalid("config.on_item_failure must be fail, leave_out or replace");
        }
        return known.get();
    }

    /** Items of one body; 0 for a body that gets an item. */
    private static int batch(ConfigReader config) throws RefusedException {
        if (!config.has("batch")) {
            return 0;
        }
        OptionalInt most = Batches.maxItems(config.object("batch").get("max_items"));
        if (most.isEmpty()) {
            throw config.invalid(
                    "config.batch.max_items must be an integer of 1 to " + Batches.MAX_ITEMS);
        }
        return most.getAsInt();
    }
}
