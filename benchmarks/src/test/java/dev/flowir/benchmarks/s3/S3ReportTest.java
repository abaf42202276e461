package dev.flowir.benchmarks.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.benchmarks.processes.Going;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A report says what was measured, and which goals were met. */
class S3ReportTest {

    private static S3Bench.Rate rate(long steps) {
        return S3Bench.Rate.of(new Going.Counted(steps, 2_000_000_000L, 1_000_000_000L), 1 << 20);
    }

    @Test
    void aRateIsObjectsAndBytesInASecondAndProcessorTimeOfEach() {
        assertEquals(new S3Bench.Rate(50, 50.0 * (1 << 20), 10_000), rate(100));
        assertEquals(rate(100), S3Bench.Rate.middle(List.of(rate(300), rate(1), rate(100))));
    }

    @Test
    void whatDidNotEndIsNoFigure() {
        IllegalStateException longer = assertThrows(IllegalStateException.class, () -> rate(0));
        assertTrue(String.valueOf(longer.getMessage()).contains("--seconds"));
    }

    @Test
    void goalsAreMetOrFallShort() {
        Move put = new Move(Move.Way.PUT, 1 << 20, 8);
        Move get = new Move(Move.Way.GET, 16 * 1024, 1);
        String report =
                S3Report.of(
                        "A machine",
                        4,
                        3,
                        Map.of(
                                put,
                                Map.of(Bucket.Who.BARE, rate(100), Bucket.Who.OURS, rate(90)),
                                get,
                                Map.of(Bucket.Who.BARE, rate(100), Bucket.Who.OURS, rate(89))));
        assertTrue(
                report.contains("| put of 1 MiB, 8 at once | 50.0 | 45.0 | 0.90 | met |"), report);
        assertTrue(report.contains("| get of 16 KiB | 50.0 | 44.5 | 0.89 | **falls short** |"));
    }
}
