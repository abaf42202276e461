package dev.flowir.ir.plan;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.SurfaceKind;
import java.util.Set;
import java.util.TreeSet;

/** Features that plans have or have not, by the names that {@link OnlyWith} uses. */
public final class PlanFeatures {

    /** Definitions of flows: whatever runs by a plan, or is asked for its definition. */
    public static final String DEFINITIONS = "plan.definitions";

    /** Nodes whose outputs go one of several ways. */
    public static final String ROUTES = "plan.routes";

    /** Items that go round. */
    public static final String LOOPS = "plan.loops";

    /** Ways of which one counts. */
    public static final String RACES = "plan.races";

    /** Items that meet by position. */
    public static final String ZIPS = "plan.zips";

    /** Nodes that gather items over time. */
    public static final String WINDOWS = "plan.windows";

    /** Nodes that may begin so often. */
    public static final String RATES = "plan.rates";

    /** Bodies that give values over time. */
    public static final String STREAMS = "plan.streams";

    /** Nodes that run once per item of a list. */
    public static final String LISTS = "plan.lists";

    /** Edges on which keys take turns. */
    public static final String PARTITIONS = "plan.partitions";

    /** Nodes that say which of what waits for them goes first. */
    public static final String PRIORITIES = "plan.priorities";

    /** Edges that may put items elsewhere. */
    public static final String SPILLS = "plan.spills";

    /** Failures, or bodies out of time, that do more than end the run. */
    public static final String POLICIES = "plan.policies";

    /** Bodies with a time limit of their own. */
    public static final String TIMEOUTS = "plan.timeouts";

    /** All of them. */
    public static final Set<String> ALL =
            Set.of(
                    DEFINITIONS,
                    ROUTES,
                    LOOPS,
                    RACES,
                    ZIPS,
                    WINDOWS,
                    RATES,
                    STREAMS,
                    LISTS,
                    PARTITIONS,
                    PRIORITIES,
                    SPILLS,
                    POLICIES,
                    TIMEOUTS);

    private PlanFeatures() {}

    /**
     * Features of a plan, besides {@link #DEFINITIONS}, which every plan has.
     *
     * @param plan the plan
     * @return their names
     */
    public static Set<String> of(Plan plan) {
        Set<String> features = new TreeSet<>();
        for (ControlSurface surface : plan.definition().controlSurfaces()) {
            features.add(of(surface.kind()));
        }
        put(features, LOOPS, plan.loopCount() > 0);
        put(features, RACES, plan.raceCount() > 0);
        put(features, ZIPS, plan.zips());
        put(features, WINDOWS, plan.windowCount() > 0);
        put(features, RATES, plan.paced());
        for (int n = 0; n < plan.nodeCount(); n++) {
            PlanNode node = plan.node(n);
            put(features, STREAMS, node.streams());
            put(features, LISTS, node.perItem().isPresent());
            boolean fails =
                    node.onError().equals(ErrorPolicy.FAIL)
                            && node.onTimeout().equals(ErrorPolicy.FAIL);
            put(features, PRIORITIES, node.ranking().isPresent());
            put(features, POLICIES, !fails || node.undoneBy().isPresent());
        }
        for (int e = 0; e < plan.edgeCount(); e++) {
            PlanEdge edge = plan.edge(e);
            put(features, LISTS, edge.perItem());
            put(features, PARTITIONS, edge.sharding().isPresent());
            put(features, SPILLS, edge.spill().isPresent());
            put(features, TIMEOUTS, edge.timeoutMillis() > 0);
        }
        return features;
    }

    /** The feature that reads a surface, whatever it comes to in the plan. */
    private static String of(SurfaceKind kind) {
        return switch (kind) {
            case IF, SWITCH -> ROUTES;
            case FOR_EACH -> LISTS;
            case LOOP -> LOOPS;
            case WINDOW -> WINDOWS;
            case RATE_LIMIT -> RATES;
            case PARTITION -> PARTITIONS;
            case ERROR_HANDLER, TIMEOUT -> POLICIES;
        };
    }

    private static void put(Set<String> features, String name, boolean has) {
        if (has) {
            features.add(name);
        }
    }
}
