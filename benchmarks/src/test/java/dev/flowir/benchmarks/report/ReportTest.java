package dev.flowir.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.benchmarks.Peers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The report says what recorded results of JMH say. */
class ReportTest {

    private static final Figure COMPILED = Figure.wall("oneCaller", Peers.FLOW_COMPILED);
    private static final Figure INTERPRETED = Figure.wall("oneCaller", Peers.FLOW_INTERPRETED);
    private static final Figure RXJAVA = Figure.wall("oneCaller", Peers.RXJAVA);

    private static final Chapter RECORDS =
            new Chapter("W1a", "records", "W1aRecords", "Records pass.", "record", List.of());
    private static final Chapter REQUESTS =
            new Chapter(
                    "W2",
                    "requests",
                    "W2Requests",
                    "Requests are answered.",
                    "request",
                    List.of(
                            Goal.cheaper("compiled ≥ 2× RxJava", COMPILED, RXJAVA, 2),
                            Goal.bound(
                                    "interpreted ≤ 240 B", INTERPRETED.of(Measurement.BYTES), 240),
                            Goal.bound("Camel ≤ 1 ns", Figure.wall("oneCaller", Peers.CAMEL), 1)));

    private JmhResults results;
    private Map<String, String> files;
    private String page;

    @BeforeEach
    void write() throws IOException {
        try (InputStream in = ReportTest.class.getResourceAsStream("jmh.json")) {
            results = JmhResults.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Chapter unmeasured = new Chapter("W9", "nothing", "W9", "", "item", List.of());
        files =
                Report.write(
                        "a machine",
                        "Short mode.",
                        results,
                        List.of(RECORDS, REQUESTS, unmeasured));
        page = files.get(Report.PAGE);
    }

    private Measurement measured(String kind, String peer) {
        return results.measurements().stream()
                .filter(it -> it.kind().equals(kind) && it.peer().equals(peer))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void throughputBecomesTimePerItemOfTheMiddleIteration() {
        assertEquals(10.0, measured("oneCaller", Peers.FLOW_COMPILED).nanos(), 1e-9);
        assertEquals(25.0, measured("item", Peers.RXJAVA).nanos(), 1e-9);
        assertEquals(20.0, measured("item", Peers.REACTOR).nanos(), 1e-9);
    }

    @Test
    void errorIsAShareOfTheScore() {
        assertEquals(
                OptionalDouble.of(0.1), measured("oneCaller", Peers.FLOW_COMPILED).errorShare());
        assertEquals(OptionalDouble.empty(), measured("oneCaller", Peers.RXJAVA).errorShare());
    }

    @Test
    void machineAndJvmAreNamed() {
        assertTrue(
                page.contains(
                        "Machine: a machine. JVM: OpenJDK 64-Bit Server VM 25+36-LTS. Short mode."),
                page);
    }

    @Test
    void goalsAreJudged() {
        assertTrue(
                page.contains(
                        "| W2 | compiled ≥ 2× RxJava | 0.10× the cost (bound 0.50×) | met"
                                + " | 0.10× the cost (bound 0.50×) | met |"),
                page);
        assertTrue(
                page.contains(
                        "| W2 | interpreted ≤ 240 B | 300 (bound 240)"
                                + " | **falls short by 1.25×** | – | – |"),
                page);
        assertTrue(
                page.contains("| W2 | Camel ≤ 1 ns | – | not measured in this run | – | – |"),
                page);
    }

    @Test
    void everyRowIsARatioToTheBestLibraryOfTheRun() {
        assertTrue(
                page.contains(
                        "| Flow IR compiled | 10.0 ns | ±10 % | 10.0 ns | 88"
                                + " | 0.50 | 0.40 | 0.40 |"),
                page);
        assertTrue(
                page.contains("| RxJava | 100 ns | – | 100 ns | 560 | 5.00 | 4.00 | 4.00 |"), page);
    }

    @Test
    void whoWinsIsSaidInWords() {
        assertTrue(
                page.contains(
                        "Flow IR compiled wins: the best library, CompletableFuture,"
                                + " takes 2.50× the time."),
                page);
        assertTrue(
                page.contains(
                        "Peers that win against Flow IR instance: Reactor by 2.00×,"
                                + " RxJava by 1.60×. In processor time Reactor wins by 2.00×."),
                page);
    }

    @Test
    void worksWithoutMeasurementsAreLeftOut() {
        assertFalse(page.contains("W9"), page);
    }

    @Test
    void everyPictureIsThereAndShown() {
        assertEquals(3, files.size());
        String picture = files.get("w1a-item-stages-3.svg");
        assertTrue(picture.startsWith("<svg"), picture);
        assertTrue(picture.contains(">RxJava</text>") && picture.contains("25.0 ns"), picture);
        assertTrue(page.contains("](w1a-item-stages-3.svg)"), page);
    }

    @Test
    void whatOthersPublishedStandsBesideWhatWasMeasured() {
        Measurement other =
                Measurement.published(
                        "W1aRecords", "item", Map.of("stages", "3"), "somebody (a paper)", 1e6);
        Measurement unrelated = Measurement.published("W9", "item", Map.of(), "nobody", 1);
        Chapter chapter =
                new Chapter(
                        "W1a",
                        "records",
                        "W1aRecords",
                        "",
                        "record",
                        List.of(),
                        List.of(other, unrelated));
        String text = Report.write("a machine", "", results, List.of(chapter)).get(Report.PAGE);
        assertTrue(text.contains("| somebody (a paper) | 1.00 µs | – | – | – |"), text);
        assertFalse(text.contains("nobody"), text);
    }

    @Test
    void nobodyWinsInProcessorTimeThatWasNotMeasured() {
        Measurement other =
                Measurement.published(
                        "W2Diamond", "oneCaller", Map.of(), "somebody (a paper)", 1e6);
        Measurement ours = measured("oneCaller", Peers.FLOW_COMPILED);
        Comparison comparison = new Comparison(ours.group(), List.of(ours, other));
        assertEquals(
                Optional.of(
                        "Flow IR compiled wins: the best library, somebody (a paper), takes 100×"
                                + " the time."),
                comparison.words());
    }

    @Test
    void aUnitThatIsNewIsRefused() {
        String json =
                """
                [{"benchmark": "a.B.c", "primaryMetric": {"score": 1, "scoreUnit": "ops/day"}}]
                """;
        assertThrows(IllegalArgumentException.class, () -> JmhResults.read(json));
    }
}
