package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRun;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ids of runs: many at once, kept through the retention, free after it. */
class StartsTest {

    private static final Duration KEPT = Duration.ofDays(3);

    private static final Flow<Integer, Integer> ONE =
            Flow.define(
                    "one",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.effect(
                                            "call",
                                            Integer.class,
                                            Integer.class,
                                            Outside.TOKEN,
                                            (outside, n, context) -> outside.call(context, n))));

    private static final Flow<Integer, Integer> OTHER =
            Flow.define(
                    "other",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> g.then(in, Waits.sleep("nap", Integer.class, Duration.ofDays(90))));

    private final Outside outside = new Outside();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(ONE, OTHER)
                    .capabilities(store -> Capabilities.of(outside))
                    .limits(DurableLimits.defaults().withRetention(KEPT));

    private static Map<String, Integer> inputs(int from, int to) {
        Map<String, Integer> inputs = new LinkedHashMap<>();
        for (int i = from; i < to; i++) {
            inputs.put("run-" + i, i);
        }
        return inputs;
    }

    private static List<String> ids(List<DurableRun<Integer>> runs) {
        return runs.stream().map(DurableRun::id).toList();
    }

    private int stored() {
        return bench.runtime().list(List.of(RunState.values()), 1000).size();
    }

    @Test
    void wf27_ofTenTheSevenThatWereNotThereAreBegunAndAnswered() {
        for (int i : List.of(2, 5, 9)) {
            bench.runtime().start(ONE, "run-" + i, -i);
        }
        List<DurableRun<Integer>> begun = bench.runtime().startAll(ONE, inputs(0, 10));
        assertEquals(
                List.of("run-0", "run-1", "run-3", "run-4", "run-6", "run-7", "run-8"), ids(begun));
        for (DurableRun<Integer> run : begun) {
            assertTrue(run.isNew());
            int n = Integer.parseInt(run.id().substring(4));
            assertEquals(new Result.Value<>(n), bench.result(run));
        }
        assertEquals(
                new Result.Value<>(-5),
                bench.result(bench.runtime().start(ONE, "run-5", 5)),
                "a run that was there was touched");
        assertEquals(List.of(), bench.runtime().startAll(ONE, inputs(0, 10)));
        assertEquals(10, outside.calls().size());
    }

    @Test
    void wf27_aBatchIsBegunWhollyOrNotAtAll() {
        bench.runtime().start(OTHER, "run-7", 7);
        JournalException taken =
                assertThrows(
                        JournalException.class, () -> bench.runtime().startAll(ONE, inputs(0, 10)));
        assertEquals(JournalFault.ALREADY_EXISTS, taken.fault());
        Map<String, Integer> named = inputs(0, 3);
        named.put("no id", 1);
        assertEquals(
                JournalFault.INVALID,
                assertThrows(JournalException.class, () -> bench.runtime().startAll(ONE, named))
                        .fault());
        bench.settle();
        assertEquals(1, stored());
        assertEquals(List.of(), outside.calls());
        assertEquals(10, bench.runtime().startAll(ONE, inputs(10, 20)).size());
    }

    @Test
    void wf27_aHundredAtOnceAndNotOneMore() {
        assertEquals(100, bench.runtime().startAll(ONE, inputs(0, 100)).size());
        JournalException tooMany =
                assertThrows(
                        JournalException.class,
                        () -> bench.runtime().startAll(ONE, inputs(100, 201)));
        assertEquals(JournalFault.FULL, tooMany.fault());
        assertEquals(100, stored());
        assertEquals(List.of(), bench.runtime().startAll(ONE, Map.of()));
    }

    @Test
    void wf27_aBatchThatFindsNoRoomIsQueuedAndRunsLater() {
        bench.limits(DurableLimits.defaults().withMaxRunning(3));
        List<DurableRun<Integer>> begun = bench.runtime().startAll(ONE, inputs(0, 10));
        assertEquals(RunState.QUEUED, begun.get(0).view().state());
        begun.forEach(run -> assertTrue(bench.result(run) instanceof Result.Value<Integer>));
    }

    @Test
    void wf25_anIdIsTakenUntilItsRunHasBeenOverForTheRetention() {
        bench.result(bench.runtime().start(ONE, "run", 1));
        bench.advance(KEPT);
        assertFalse(bench.runtime().start(ONE, "run", 2).isNew());
        assertTrue(bench.runtime().find("run").isPresent());
        assertEquals(List.of(), bench.runtime().startAll(ONE, Map.of("run", 2)));
        bench.advance(Duration.ofMillis(1));
        DurableRun<Integer> again = bench.runtime().start(ONE, "run", 2);
        assertTrue(again.isNew());
        assertEquals(new Result.Value<>(2), bench.result(again));
    }

    @Test
    void wf25_aNewProcessKeepsIdsAsLongAndNoLonger() {
        bench.result(bench.runtime().start(ONE, "run", 1));
        bench.kill();
        bench.advance(KEPT);
        assertFalse(bench.runtime().start(ONE, "run", 2).isNew());
        bench.kill();
        bench.clock().advance(Duration.ofMillis(1));
        assertTrue(bench.runtime().start(OTHER, "run", 2).isNew(), "another flow may have it now");
    }

    @Test
    void retention_whatIsOverGoesByItselfAndWhatWaitsStays() {
        bench.runtime().start(OTHER, "waits", 1);
        bench.runtime().startAll(ONE, inputs(0, 100));
        bench.advance(Duration.ofHours(1));
        bench.runtime().startAll(ONE, inputs(100, 150));
        bench.advance(KEPT.minus(Duration.ofHours(1)));
        assertEquals(151, stored());
        bench.advance(Duration.ofMinutes(2));
        assertEquals(51, stored());
        bench.advance(Duration.ofHours(2));
        assertEquals(1, stored());
        long records =
                bench.store()
                        .read(tx ->
                                tx.first(
                                                "SELECT count(*) FROM flowir_durable_records",
                                                row -> row.getLong(1))
                                        .orElseThrow());
        assertEquals(1, records);
        assertTrue(bench.runtime().find("waits").isPresent());
    }

    @Test
    void retention_whoWaitsForARunThatIsGoneIsTold() {
        DurableRun<Integer> run = bench.runtime().start(ONE, "run", 1);
        bench.result(run);
        bench.advance(KEPT.plusMinutes(2));
        JournalException gone = assertThrows(JournalException.class, run::await);
        assertEquals(JournalFault.NOT_FOUND, gone.fault());
    }
}
