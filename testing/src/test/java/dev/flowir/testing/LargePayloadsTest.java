package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRun;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.HistoryFile;
import dev.flowir.durable.StoreJournal;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Results that are too long for a record: kept beside the journal, as long as it names them. */
class LargePayloadsTest {

    private static final int RECORDED = 1 << 20;
    private static final int QUOTES = 2;
    private static final int LONG = 500;
    private static final Duration KEPT = Duration.ofDays(3);

    private static final Node<Integer, String> LONG_TEXT =
            Node.effect(
                    "text",
                    Integer.class,
                    String.class,
                    Outside.TOKEN,
                    (outside, n, context) -> "x".repeat(outside.call(context, n)));

    private static final Node<String, Integer> LENGTH =
            Node.effect(
                    "length",
                    String.class,
                    Integer.class,
                    Outside.TOKEN,
                    (outside, text, context) -> outside.call(context, text.length()));

    private static final Flow<Integer, Integer> MEASURE =
            Flow.define(
                    "measure",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            g.then(in, LONG_TEXT),
                                            Waits.sleep("nap", String.class, Duration.ofHours(1))),
                                    LENGTH));

    private static final Flow<Integer, String> GIVE =
            Flow.define("give", "1.0.0", Integer.class, (g, in) -> g.then(in, LONG_TEXT));

    private final Outside outside = new Outside();

    @RegisterExtension final DurableBench bench = bench();

    private DurableBench bench() {
        return new DurableBench(MEASURE, GIVE)
                .capabilities(store -> Capabilities.of(outside))
                .limits(DurableLimits.defaults().withRetention(KEPT));
    }

    private static Set<String> named(Store store) {
        List<String> names =
                store.read(tx ->
                        tx.query("SELECT name FROM flowir_durable_large", row -> row.getString(1)));
        return new TreeSet<>(names);
    }

    private static void assertNothingDangles(DurableBench bench, int names) {
        assertEquals(named(bench.store()), new TreeSet<>(bench.large().names()));
        assertEquals(names, bench.large().names().size());
    }

    @Test
    void wf13_aMebibyteIsRecordedAndOneByteMoreIsKeptBesideTheJournal() {
        DurableRun<Integer> fits = bench.runtime().start(MEASURE, "fits", RECORDED - QUOTES);
        assertEquals(new Result.Value<>(RECORDED - QUOTES), bench.result(fits));
        assertNothingDangles(bench, 0);
        DurableRun<Integer> over = bench.runtime().start(MEASURE, "over", RECORDED - QUOTES + 1);
        bench.settle();
        assertNothingDangles(bench, 1);
        bench.kill();
        assertEquals(
                new Result.Value<>(RECORDED - QUOTES + 1),
                bench.result(bench.runtime().start(MEASURE, "over", 0)));
        assertEquals(List.of("text#1", "length#1"), outside.calls().subList(2, 4));
        assertEquals("over", over.id());
    }

    @Test
    void wf13_whatIsTooLongEvenForThatIsRefused() {
        bench.limits(DurableLimits.defaults().withMaxBytes(100, 1000));
        assertEquals(
                new Result.Value<>(998), bench.result(bench.runtime().start(MEASURE, "fits", 998)));
        Result<Integer> over = bench.result(bench.runtime().start(MEASURE, "over", 999));
        assertTrue(
                over.toString().contains("[DUR201] the result has 1001 bytes; 1000 are"),
                () -> over.toString());
        assertNothingDangles(bench, 1);
    }

    @Test
    void anOutputThatIsTooLongForItsRowIsKeptToo() {
        bench.limits(DurableLimits.defaults().withMaxBytes(100, 1000).withRetention(KEPT));
        DurableRun<String> run = bench.runtime().start(GIVE, "give", 500);
        assertEquals(new Result.Value<>("x".repeat(500)), bench.result(run));
        bench.kill();
        assertEquals(
                new Result.Value<>("x".repeat(500)),
                bench.result(bench.runtime().start(GIVE, "give", 1)));
        assertEquals(
                "(502 bytes, kept beside the journal)",
                bench.runtime().find("give").orElseThrow().output().orElseThrow());
        assertNothingDangles(bench, 2);
        bench.advance(KEPT.plusMinutes(2));
        assertNothingDangles(bench, 0);
    }

    @Test
    void itGoesWithItsRunAndNotBefore() {
        bench.runtime().start(MEASURE, "one", RECORDED);
        bench.runtime().start(MEASURE, "other", RECORDED);
        bench.advance(Duration.ofHours(1));
        bench.advance(KEPT);
        assertNothingDangles(bench, 2);
        bench.runtime().restartFrom("one", "length");
        bench.settle();
        assertNothingDangles(bench, 2);
        bench.advance(Duration.ofMinutes(2));
        assertNothingDangles(bench, 1);
        bench.runtime().restart("one");
        bench.settle();
        assertNothingDangles(bench, 1);
        bench.advance(KEPT.plusHours(2));
        assertNothingDangles(bench, 0);
    }

    /** Between the payload and its record, between the record's end and the payload's. */
    @Test
    void wf14_whereverTheProcessEndsNothingDangles() {
        int writes = 9;
        for (int at = 1; at <= writes; at++) {
            for (Faults.When when : Faults.When.faults()) {
                try (DurableBench crashing = bench()) {
                    crashing.limits(
                            DurableLimits.defaults()
                                    .withMaxBytes(100, LONG + QUOTES)
                                    .withRetention(KEPT));
                    crashing.meeting(Faults.once(at, when));
                    String where = when + " write " + at;
                    throughAll(crashing, "run");
                    throughAll(crashing, "run");
                    Result<Integer> result = crashing.result(begun(crashing));
                    assertEquals(new Result.Value<>(LONG), result, where);
                    crashing.kill();
                    crashing.settle();
                    assertNothingDangles(crashing, 1);
                    crashing.advance(KEPT.plusMinutes(2));
                    crashing.kill();
                    crashing.settle();
                    assertNothingDangles(crashing, 0);
                }
            }
        }
    }

    private static DurableRun<Integer> begun(DurableBench bench) {
        try {
            return bench.runtime().start(MEASURE, "run", LONG);
        } catch (CrashingJournal.ProcessGoneException e) {
            bench.kill();
            return bench.runtime().start(MEASURE, "run", LONG);
        }
    }

    private static void throughAll(DurableBench bench, String id) {
        try {
            bench.runtime().start(MEASURE, id, LONG);
            bench.advance(Duration.ofHours(2));
        } catch (CrashingJournal.DiskFullException e) {
            assertEquals(0, bench.large().names().size());
        } catch (CrashingJournal.ProcessGoneException e) {
            assertTrue(bench.hasCrashed());
        }
        if (bench.hasCrashed()) {
            bench.kill();
        }
    }

    @Test
    void oneThatIsLostParksItsRunAndSaysWhichRecord() {
        bench.runtime().start(MEASURE, "run", RECORDED);
        bench.settle();
        bench.kill();
        bench.large().names().forEach(bench.large()::delete);
        bench.advance(Duration.ofHours(2));
        String reason = bench.runtime().find("run").orElseThrow().reason().orElseThrow();
        assertEquals(RunState.PARKED, bench.runtime().find("run").orElseThrow().state());
        assertTrue(reason.contains("[DUR101] record 2 of the run"), reason);
        assertTrue(reason.contains("is not beside the journal"), reason);
    }

    @Test
    void aHistoryBringsItsLargePayloadsAlong() {
        bench.runtime().start(MEASURE, "run", RECORDED);
        bench.advance(Duration.ofHours(1));
        String text = bench.runtime().export("run");
        assertEquals(4, HistoryFile.replay(text, Capabilities.of(outside), MEASURE));
        int at = text.indexOf("\"large\":\"") + 50;
        String edited = text.substring(0, at) + "AAAA" + text.substring(at + 4);
        assertNotEquals(text, edited);
        JournalException refused =
                assertThrows(
                        JournalException.class,
                        () -> HistoryFile.replay(edited, Capabilities.of(outside), MEASURE));
        assertEquals(JournalFault.DAMAGED, refused.fault());
        assertTrue(refused.detail().contains("record 2 of the run"), refused.detail());
    }

    @Test
    void besideAFileTheyAreFilesAndLeftoversGoWhenItIsOpened(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("app.db");
        Path payloads = folder.resolve("app.db-payloads");
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            try (DurableRuntime runtime =
                    DurableRuntime.on(store)
                            .capabilities(Capabilities.of(outside))
                            .flows(GIVE)
                            .open()) {
                assertEquals(
                        new Result.Value<>("x".repeat(RECORDED)),
                        runtime.start(GIVE, "run", RECORDED).await());
                assertEquals(named(store), names(payloads));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            Path left = payloads.resolve("00000000-0000-0000-0000-000000000000");
            Files.writeString(left, "named by nothing");
            Files.writeString(payloads.resolve(left.getFileName() + ".part"), "half");
            Files.writeString(payloads.resolve("README"), "not ours");
            StoreJournal.open(store);
            Set<String> kept = named(store);
            assertEquals(2, kept.size());
            kept.add("README");
            assertEquals(kept, names(payloads));
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
