package dev.flowir.benchmarks;

import dev.flowir.benchmarks.Work.Load;
import dev.flowir.benchmarks.report.Chapter;
import dev.flowir.benchmarks.report.Figure;
import dev.flowir.benchmarks.report.Goal;
import dev.flowir.benchmarks.report.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** W7: the Rust reference, by figures that were taken once and are constants here. */
final class ReferenceWork {

    private static final String WORK = W7Reference.class.getSimpleName();
    private static final String REFERENCE = "Rust reference (figures taken once)";
    private static final double TIMES = 50;

    private static final List<String> OURS = List.of(Peers.FLOW_COMPILED, Peers.FLOW_INTERPRETED);

    /** Items in a second, of the reference's release build on a machine of two cores. */
    private static final List<Measurement> PUBLISHED =
            List.of(
                    published("chainOneCaller", Map.of(), 73_000),
                    published("chainManyCallers", Map.of(), 180_000),
                    published("diamondOneCaller", Map.of(), 43_000),
                    published("diamondManyCallers", Map.of(), 106_000),
                    published("items", Map.of("stages", "3"), 417_000),
                    published("items", Map.of("stages", "5"), 261_000));

    private ReferenceWork() {}

    private static Measurement published(
            String kind, Map<String, String> params, double perSecond) {
        return Measurement.published(WORK, kind, params, REFERENCE, perSecond);
    }

    static Work work() {
        List<Goal> goals = new ArrayList<>();
        for (Measurement one : PUBLISHED) {
            String stages = one.params().getOrDefault("stages", "");
            String text =
                    "≥ 50× the reference, "
                            + one.kind()
                            + (stages.isEmpty() ? "" : ", " + stages + " stages");
            goals.add(
                    Goal.cheaper(text, figure(one, OURS), figure(one, List.of(REFERENCE)), TIMES));
        }
        Chapter chapter =
                new Chapter(
                        "W7",
                        "the Rust reference",
                        WORK,
                        "The works that the reference's release build was measured with, once, on"
                                + " two cores: 73 000 requests a second through three nodes from"
                                + " one caller and 180 000 from 64, 43 000 and 106 000 through the"
                                + " diamond, 417 000 items a second through three streaming nodes"
                                + " and 261 000 through five. It encodes payloads at every node;"
                                + " a flow here passes references. Its figures are constants; they"
                                + " were not measured in this run.",
                        "item",
                        goals,
                        PUBLISHED);
        return new Work(
                chapter,
                List.of(
                        Load.of("chainOneCaller", OURS),
                        Load.of("chainManyCallers", List.of(Peers.FLOW_COMPILED)),
                        Load.of("diamondOneCaller", List.of(Peers.FLOW_COMPILED)),
                        Load.of("diamondManyCallers", List.of(Peers.FLOW_COMPILED)),
                        Load.of("items", List.of(Peers.FLOW_COMPILED)).with("stages", "3", "5")),
                List.of(
                        Load.of("chainManyCallers", List.of(Peers.FLOW_INTERPRETED)),
                        Load.of("diamondOneCaller", List.of(Peers.FLOW_INTERPRETED)),
                        Load.of("diamondManyCallers", List.of(Peers.FLOW_INTERPRETED)),
                        Load.of("items", List.of(Peers.FLOW_INTERPRETED))
                                .with("stages", "3", "5")));
    }

    private static Figure figure(Measurement like, List<String> peers) {
        return new Figure(like.kind(), like.params(), peers, Figure.WALL);
    }
}
