package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What measures: its figures are in the README and no test. */
class BenchTest {

    @Test
    void r2_02_theBenchmarkMeasuresWholeArchives(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        List<TilesBench.Figure> figures =
                TilesBench.measure(
                        folder,
                        List.of(1, 30),
                        1,
                        3,
                        new PrintStream(told, true, StandardCharsets.UTF_8));
        assertEquals(List.of(1, 30), figures.stream().map(TilesBench.Figure::tiles).toList());
        assertTrue(figures.stream().allMatch(it -> it.bestNanos() <= it.medianNanos()));
        assertEquals(4, told.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void r2_03_itTellsTheTimeOfATile() {
        assertEquals(
                "| 177 | 129.0 ms | 100.0 ms | 0.729 ms | 50.0 ms |",
                new TilesBench.Figure(177, 129_000_000, 100_000_000, 50_000_000).line());
    }
}
