package dev.flowir.benchmarks.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.benchmarks.processes.Answer;
import dev.flowir.benchmarks.processes.Rate;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report says, and that what it is made of can be measured. */
class ObjectsReportTest {

    private static final ObjectsReport.Sizes SIZES = new ObjectsReport.Sizes(8, 1, 1024, 1000);

    private final Map<Work, Map<Contender, Rate>> rates = new EnumMap<>(Work.class);
    private final Map<Contender, String> missing = new EnumMap<>(Contender.class);

    private void rate(Work work, Contender who, double perSecond) {
        rates.computeIfAbsent(work, key -> new EnumMap<>(Contender.class))
                .put(who, new Rate(perSecond, 1.5));
    }

    private static Moves moves(double put, double get) {
        Map<Move, Rate> rates = new EnumMap<>(Move.class);
        rates.put(Move.COPY, new Rate(1000, 1));
        rates.put(Move.COPY_FLUSHED, new Rate(1000, 1));
        rates.put(Move.PUT, new Rate(put, 1));
        rates.put(Move.GET, new Rate(get, 1));
        return new Moves(rates, 1 << 25);
    }

    private String text(Moves moves, Idle idle) {
        return new ObjectsReport(rates, missing).text("a machine", SIZES, moves, idle);
    }

    private static void holds(String text, String... lines) {
        List<String> all = text.lines().toList();
        for (String line : lines) {
            assertTrue(all.contains(line), () -> line + "\nis not in\n" + text);
        }
    }

    @Test
    void aGoalIsMetByTheRatioOfTwoRatesOfOneRun() {
        rate(Work.CALLS, Contender.CALLED, 2000);
        rate(Work.CALLS, Contender.PEKKO_ASK, 1000);
        rate(Work.WRITES, Contender.WRITING, 999);
        rate(Work.WRITES, Contender.STORE, 2000);
        rate(Work.WRITES, Contender.PEKKO_PERSIST, 200);
        rate(Work.HOT, Contender.FILE, 100);
        rate(Work.HOT_MANY, Contender.WRITING, 101);
        holds(
                text(moves(900, 899), new Idle(201, 200, 0)),
                "| 256 callers wait for their answers; 1,000 objects: ≥ 2 × Pekko, asked | 2.00 × | met | 1.00 × |",
                "| Each message writes; 1,000 callers, 1,000 objects: ≥ 0.5 × the store alone | 0.50 × | **falls short** | 1.00 × |",
                "| Each message writes; 1,000 callers, 1,000 objects: ≥ 5 × Pekko persistence, Postgres | 5.00 × | **falls short** | 1.00 × |",
                "| 256 callers of one object share commits: > one `fdatasync` a message | 1.01 × | met | 1.00 × |",
                "| put: a file becomes a blob, flushed: ≥ 0.9 × `Files.copy`, then flushed | 0.90 × | met |  |",
                "| get: a blob becomes a file: ≥ 0.9 × `Files.copy` | 0.90 × | **falls short** |  |",
                "| 1,000 objects that nobody calls: no thread | 0 | met |  |",
                "| 1,000 objects that nobody calls: ≤ 200 bytes of heap each, asleep | 200 | met |  |",
                "| 1,000 objects that nobody calls: ≤ 200 bytes of heap each, still in memory | 201 | **falls short** |  |");
    }

    @Test
    void aPeerThatIsNotHereIsNamedAndItsGoalsAreNotMeasured() {
        rate(Work.CALLS, Contender.CALLED, 2000);
        missing.put(Contender.PEKKO_ASK, "the peer's libraries do not resolve");
        holds(
                text(moves(900, 900), new Idle(1, 1, 1)),
                "Not here: Pekko, asked: the peer's libraries do not resolve",
                "| 256 callers wait for their answers; 1,000 objects: ≥ 2 × Pekko, asked | | not measured | |",
                "| 1,000 objects that nobody calls: no thread | 1 | **falls short** |  |");
    }

    @Test
    void eachWorkHasAPictureThatTheTextShows() {
        rate(Work.HOT_MANY, Contender.WRITING, 2000);
        ObjectsReport report = new ObjectsReport(rates, missing);
        assertEquals(Set.of("objects-hot-many.svg"), report.pictures().keySet());
        String text = report.text("a machine", SIZES, moves(1, 1), new Idle(1, 1, 0));
        assertTrue(text.contains("(objects-hot-many.svg)"), text);
    }

    @Test
    void blobsAndIdleObjectsAreMeasuredAndSaidInWords(@TempDir Path folder) throws Exception {
        Moves moves = Moves.measure(folder, 3 << 20, 1);
        assertEquals(Set.of(Move.values()), moves.rates().keySet());
        assertEquals(moves, Moves.of(new Answer(moves.inWords())));
        Idle idle = Idle.measure(folder.resolve("idle.db"), 100);
        assertEquals(idle, Idle.of(new Answer(idle.inWords())));
    }

    @Test
    void eachContenderOfOursDoesItsWork(@TempDir Path folder) throws Exception {
        for (Contender each : Contender.values()) {
            if (each.work().isEmpty()) {
                assertTrue(each.run(folder, 2, 3, 1).steps() > 0, each.title());
            }
        }
    }
}
