package dev.flowir.benchmarks.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.benchmarks.edge.Starts.Cold;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A report says what was measured, and which goals were met. */
class EdgeReportTest {

    private static final long MILLI = 1_000_000;

    private static Times times(long... nanos) {
        Times times = new Times();
        for (long each : nanos) {
            times.add(each);
        }
        return times;
    }

    private static Times upTo(int last) {
        Times times = new Times();
        for (int i = last; i > 0; i--) {
            times.add(i);
        }
        return times;
    }

    @Test
    void aPercentileIsATimeThatWasMeasured() {
        assertEquals(99, upTo(100).percentile(99));
        assertEquals(50, upTo(100).median());
        assertEquals(2, upTo(3).median());
        assertEquals(9_900, upTo(10_000).percentile(99));
        assertEquals(7, times(7).percentile(99));
        Times none = new Times();
        assertThrows(IllegalStateException.class, none::median);
    }

    @Test
    void goalsAreMetOrFallShort() {
        Map<Contender, Long> bytes = new EnumMap<>(Contender.class);
        Map<Contender, Cold> cold = new EnumMap<>(Contender.class);
        Map<Contender, Answers.Warm> warm = new EnumMap<>(Contender.class);
        long by = 100;
        for (Contender who : Contender.values()) {
            bytes.put(who, by * 10);
            cold.put(who, new Cold(times(by * MILLI), times(by * MILLI / 10)));
            Answers.Warm answers = new Answers.Warm();
            answers.add(by * 1000);
            answers.add(by * 1000);
            answers.addProcessor(by * 1000);
            warm.put(who, answers);
            by += 11;
        }
        Map<Question, EdgeReport.Measured> measured = new LinkedHashMap<>();
        measured.put(Question.all().getFirst(), new EdgeReport.Measured(bytes, cold, warm));
        Map<Sums, Map<Contender, Times>> sums =
                Map.of(
                        Sums.INTS,
                        Map.of(
                                Contender.JAVASCRIPT,
                                times(20 * MILLI),
                                Contender.WEBASSEMBLY,
                                times(21 * MILLI)));
        String report = EdgeReport.of("A machine", 25, 8, measured, tasked(), sums);
        for (String line :
                new String[] {
                    "| echo, by hand | 1,000 | 100.0 | 10.0 | 100 | 100 | 50 |",
                    "| echo, Flow IR, JavaScript: cold start: ≤ 1.2 × by hand | 1.11 × | met |",
                    "| echo, Flow IR, WebAssembly: cold start: ≤ 1.2 × by hand | 1.22 × |"
                            + " **falls short** |",
                    "| echo, Flow IR, JavaScript: p50: ≤ 1.1 × by hand | 1.11 × |"
                            + " **falls short** |",
                    "| echo, Flow IR, WebAssembly: p99: ≤ 1.5 × by hand | 1.22 × | met |",
                    "| task runner, by hand | 10 | 100.0 | 1.0 | 10 | 10 | 20 | 20 |",
                    "| task runner, Flow IR, JavaScript: cold start: ≤ 1.2 × by hand | 2.00 × |"
                            + " **falls short** |",
                    "| task runner, Flow IR, JavaScript: POST p50: ≤ 1.1 × by hand | 1.00 × | met"
                            + " |",
                    "| task runner, Flow IR, WebAssembly: read p99: ≤ 1.5 × by hand | 1.50 × | met"
                            + " |",
                    "| 32-bit integers: a hash | 20.0 | 21.0 | 1.05 | **falls short** |"
                }) {
            assertTrue(report.contains(line), line + " is not in\n" + report);
        }
    }

    private static Map<Contender, Tasks.Figures> tasked() {
        Map<Contender, Tasks.Figures> all = new EnumMap<>(Contender.class);
        all.put(Contender.HAND, figures(100, 20_000));
        all.put(Contender.JAVASCRIPT, figures(200, 20_000));
        all.put(Contender.WEBASSEMBLY, figures(100, 30_000));
        return all;
    }

    private static Tasks.Figures figures(long coldMillis, long readNanos) {
        return new Tasks.Figures(
                10, times(coldMillis * MILLI), times(MILLI), times(10_000), times(readNanos));
    }

    @Test
    void whatWasNotMeasuredIsNoFigure() {
        Map<Sums, Map<Contender, Times>> half =
                Map.of(Sums.INTS, Map.of(Contender.JAVASCRIPT, times(1)));
        assertThrows(
                IllegalStateException.class,
                () -> EdgeReport.of("A machine", 1, 1, Map.of(), tasked(), half));
    }
}
