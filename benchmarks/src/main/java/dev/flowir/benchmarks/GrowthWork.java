package dev.flowir.benchmarks;

import dev.flowir.benchmarks.Work.Load;
import dev.flowir.benchmarks.growth.Idle;
import dev.flowir.benchmarks.report.Chapter;
import dev.flowir.benchmarks.report.Figure;
import dev.flowir.benchmarks.report.Goal;
import java.util.List;

/** W6: what grows, and how far. */
final class GrowthWork {

    private static final double FLAT = 1.3;
    private static final double IDLE_BYTES = 2048;

    private static final List<String> NODES = List.of("5 nodes", "50 nodes", "500 nodes");
    private static final List<String> INSTANCES =
            List.of(
                    "5 nodes in an instance",
                    "50 nodes in an instance",
                    "500 nodes in an instance");
    private static final List<String> BOUNDS =
            List.of("1 items per edge", "32 items per edge", "4096 items per edge");
    private static final List<String> PAYLOADS =
            List.of("16 bytes of payload", "65536 bytes of payload", "1048576 bytes of payload");
    private static final List<String> IN_FLIGHT =
            List.of("1 runs in flight", "1000 runs in flight", "100000 runs in flight");

    private GrowthWork() {}

    static Work work() {
        Chapter chapter =
                new Chapter(
                        "W6",
                        "growth",
                        W6Growth.class.getSimpleName(),
                        "One thing grows and the rest stays: nodes of a chain (run once per item,"
                                + " or an instance), the bounds of its edges, what an item weighs,"
                                + " runs that wait beside. Costs are per item and node; ratios are"
                                + " to the cheapest of the row's kind.",
                        "node",
                        List.of(
                                flat("nodes", NODES),
                                flat("instances", INSTANCES),
                                flat("bounds", BOUNDS),
                                flat("payloads", PAYLOADS),
                                flat("inFlight", IN_FLIGHT),
                                Goal.bound(
                                        "an idle run keeps ≤ 2 KB",
                                        Figure.wall("inFlight", IN_FLIGHT.getLast()).of(Idle.BYTES),
                                        IDLE_BYTES)));
        return new Work(
                chapter,
                List.of(
                        Load.of("nodes", ends(NODES)),
                        Load.of("instances", ends(INSTANCES)),
                        Load.of("bounds", ends(BOUNDS)),
                        Load.of("payloads", ends(PAYLOADS)),
                        Load.of("inFlight", ends(IN_FLIGHT))),
                List.of(
                        Load.of("nodes", between(NODES)),
                        Load.of("instances", between(INSTANCES)),
                        Load.of("bounds", between(BOUNDS)),
                        Load.of("payloads", between(PAYLOADS)),
                        Load.of("inFlight", between(IN_FLIGHT))));
    }

    /** What goals compare; sizes between them show the way there, in full mode. */
    private static List<String> ends(List<String> sizes) {
        return List.of(sizes.getFirst(), sizes.getLast());
    }

    private static List<String> between(List<String> sizes) {
        return sizes.subList(1, sizes.size() - 1);
    }

    private static Goal flat(String kind, List<String> sizes) {
        return Goal.ratio(
                sizes.getLast() + " ≤ 1.3× " + sizes.getFirst(),
                Figure.wall(kind, sizes.getLast()),
                Figure.wall(kind, sizes.getFirst()),
                FLAT);
    }
}
