package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRun;
import dev.flowir.durable.HistoryEvent;
import dev.flowir.durable.StoredRuns;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Type;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that are kept closer together: nobody can tell, but for the space. */
class FoldingTest {

    private static final int MANY = 260;

    private static final Node<Integer, List<Integer>> SPLIT =
            Node.split(
                    "split",
                    Integer.class,
                    Integer.class,
                    n -> IntStream.range(0, n).boxed().toList());

    private static final Node<Integer, Integer> CALL =
            Node.effect(
                    "call",
                    Integer.class,
                    Integer.class,
                    Outside.TOKEN,
                    (outside, n, context) -> outside.call(context, n));

    private static final Node<List<Integer>, Integer> COUNT =
            Node.pure("count", Type.listOf(Integer.class), Type.of(Integer.class), List::size);

    private static final Flow<Integer, Integer> LONG =
            Flow.define(
                    "long",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(g.each(g.then(in, SPLIT), 1, CALL), COUNT),
                                    Waits.sleep("nap", Integer.class, Duration.ofDays(1))));

    private final Outside outside = new Outside();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(LONG)
                    .limits(DurableLimits.defaults().withRetention(Duration.ofDays(7)))
                    .capabilities(store -> Capabilities.of(outside));

    private long count(String table) {
        return bench.store()
                .read(tx ->
                        tx.first("SELECT count(*) FROM " + table, row -> row.getLong(1))
                                .orElseThrow());
    }

    private long records() {
        return count("flowir_durable_records");
    }

    private long blocks() {
        return count("flowir_durable_blocks");
    }

    private List<HistoryEvent> history(String id) {
        return bench.runtime().history(id);
    }

    @Test
    void aRunThatSleepsWithManyRecordsKeepsThemInABlockAndGoesOnFromIt() {
        DurableRun<Integer> run = bench.runtime().start(LONG, "long", MANY);
        bench.settle();
        assertEquals(RunState.WAITING, run.view().state());
        assertEquals(1, blocks());
        assertEquals(MANY + 1 - 256, records());
        assertEquals(MANY + 1, history("long").size());
        bench.kill();
        bench.advance(Duration.ofDays(1));
        assertEquals(
                MANY,
                ((Result.Value<?>) bench.result(bench.runtime().start(LONG, "long", 0))).value());
        assertEquals(MANY, outside.calls().size());
    }

    @Test
    void aRunOf255RecordsThatSleepsIsLeftAsItIs() {
        bench.runtime().start(LONG, "short", 254);
        bench.settle();
        assertEquals(0, blocks());
        assertEquals(255, records());
    }

    @Test
    void aRunIsFoldedWhenItHasBeenOverForAnHourAndItsHistoryStays() {
        bench.runtime().start(LONG, "run", 3);
        bench.settle();
        bench.advance(Duration.ofDays(1));
        List<HistoryEvent> before = history("run");
        assertEquals(5, before.size());
        bench.advance(Duration.ofHours(1));
        assertEquals(5, records());
        bench.advance(Duration.ofMillis(1));
        assertEquals(0, records());
        assertEquals(1, blocks());
        assertEquals(before, history("run"));
        assertEquals(5, StoredRuns.in(bench.store()).history("run", n -> "n" + n).size());
        bench.advance(Duration.ofDays(7));
        assertEquals(0, blocks());
    }

    @Test
    void aFoldedRunIsBegunAnewAndForkedAsAnother() {
        bench.runtime().start(LONG, "run", 3);
        bench.settle();
        bench.advance(Duration.ofDays(2));
        assertEquals(0, records());
        bench.runtime().fork("run", "call", "other");
        bench.runtime().restartFrom("run", "call");
        bench.settle();
        assertEquals(0, blocks());
        bench.advance(Duration.ofDays(1));
        for (String id : List.of("run", "other")) {
            assertEquals(RunState.COMPLETED, bench.runtime().find(id).orElseThrow().state());
        }
        assertEquals(9, outside.calls().size());
    }

    @Test
    void placesOfFoldedRecordsAreNotGivenToOthersAfterARestart() {
        bench.runtime().start(LONG, "first", 3);
        bench.settle();
        bench.advance(Duration.ofDays(2));
        assertEquals(0, records());
        bench.kill();
        bench.runtime().start(LONG, "second", 2);
        bench.settle();
        assertEquals(5, history("first").size());
        assertEquals(3, history("second").size());
    }

    @Test
    void aBlockThatWasEditedIsRefusedByTheNumberOfItsRecord() {
        bench.runtime().start(LONG, "run", 3);
        bench.settle();
        bench.advance(Duration.ofDays(2));
        List<byte[]> written =
                bench.store()
                        .read(tx ->
                                tx.query(
                                        "SELECT bytes FROM flowir_durable_blocks",
                                        row -> row.getBytes(1)));
        byte[] block = written.getFirst();
        List<HistoryEvent> before = history("run");
        int refused = 0;
        for (int at = 0; at < block.length; at++) {
            byte[] edited = block.clone();
            edited[at] ^= 0x10;
            bench.store()
                    .execute(tx -> tx.run("UPDATE flowir_durable_blocks SET bytes = ?", edited));
            try {
                assertEquals(before, history("run"), "byte " + at);
            } catch (JournalException e) {
                assertEquals(JournalFault.DAMAGED, e.fault());
                String where = String.valueOf(e.getMessage());
                assertTrue(where.matches("(?s).*record [1-6] of the run.*"), where);
                refused++;
            }
        }
        // A few bits only fill up the last byte before the sum: nothing is kept in them.
        assertTrue(refused >= block.length - 1, refused + " of " + block.length);
    }

    @Test
    void aProcessThatEndsAtAnyWriteOfAFoldChangesNothing() {
        Flow<Integer, Integer> twice =
                Flow.define(
                        "twice",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        g.then(
                                                g.then(g.each(g.then(in, SPLIT), 64, CALL), COUNT),
                                                Waits.sleep(
                                                        "nap", Integer.class, Duration.ofDays(1))),
                                        CALL.named("last")));
        FlowTest.of(twice, MANY).capabilities(store -> Capabilities.of(new Outside())).storm(3, 25);
    }
}
