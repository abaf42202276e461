package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.Misfire;
import dev.flowir.durable.Overlap;
import dev.flowir.durable.RunView;
import dev.flowir.durable.Schedule;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Cron;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs at moments of the clock; numbers are those of the platform's table. */
class SchedulesTest {

    private static final Flow<Integer, Integer> CALL =
            Flow.define(
                    "call",
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

    private static final Flow<Integer, Integer> LONG =
            Flow.define(
                    "long",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Waits.sleep("sleep", Integer.class, Duration.ofMinutes(150))));

    private final Outside outside = new Outside();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(CALL, LONG).capabilities(store -> Capabilities.of(outside));

    private static Schedule<Integer> hourly(Flow<Integer, Integer> flow) {
        Cron cron = Cron.parse("0 * * * *", Cron.Dialect.UNIX);
        return Schedule.of("hourly", cron, flow, moment -> (int) (moment.getEpochSecond() / 3600));
    }

    private List<String> hours() {
        return bench.runtime().list(List.of(RunState.values()), 100).stream()
                .map(RunView::id)
                .map(id -> Instant.ofEpochSecond(Long.parseLong(id.substring(7))).toString())
                .map(text -> text.substring(11, 13))
                .toList();
    }

    @Test
    void eachMomentHasOneRun() {
        bench.runtime().schedule(hourly(CALL));
        bench.advance(Duration.ofHours(3));
        assertEquals(List.of("01", "02", "03"), hours());
        assertEquals(3, outside.calls().size());
    }

    @Test
    void cr05_aProcessThatDiesWhileItBeginsARunBeginsOne() {
        outside.onEveryCall("call", bench::kill);
        for (int i = 0; i < 3; i++) {
            bench.runtime().schedule(hourly(CALL));
            bench.advance(Duration.ofMinutes(20));
        }
        outside.onEveryCall("call", () -> {});
        bench.runtime().schedule(hourly(CALL));
        bench.settle();
        assertEquals(List.of("01"), hours());
        assertEquals(1, outside.keys("call").size());
        assertTrue(
                bench.runtime().list(List.of(RunState.values()), 9).stream()
                        .allMatch(it -> it.state() == RunState.COMPLETED));
    }

    @Test
    void cr09_aTestSaysWhenItIsAndTheRunGetsThatMoment() {
        bench.runtime().schedule(hourly(CALL));
        bench.advance(Duration.ofMinutes(59));
        assertEquals(List.of(), hours());
        bench.kill();
        bench.clock().advance(Duration.ofSeconds(77)); // late, as processes are
        bench.runtime().schedule(hourly(CALL));
        bench.settle();
        RunView run = bench.runtime().list(List.of(RunState.values()), 9).get(0);
        long hour = Instant.parse("2026-01-01T01:00:00Z").getEpochSecond();
        assertEquals("hourly-" + hour, run.id());
        assertEquals(Long.toString(hour / 3600), run.output().orElseThrow());
    }

    private List<String> afterThreeMissed(Misfire misfire, Overlap overlap) {
        bench.runtime().schedule(hourly(CALL).with(misfire).with(overlap));
        bench.advance(Duration.ofMinutes(90));
        bench.kill();
        bench.clock().advance(Duration.ofHours(3));
        bench.runtime().schedule(hourly(CALL).with(misfire).with(overlap));
        bench.settle();
        return hours();
    }

    @Test
    void cr06_wf41_missedMomentsAreSkipped() {
        assertEquals(List.of("01"), afterThreeMissed(Misfire.SKIP, Overlap.SKIP));
        bench.advance(Duration.ofHours(1));
        assertEquals(List.of("01", "05"), hours());
    }

    @Test
    void cr06_wf41_theLastMomentMissedIsMadeUpFor() {
        assertEquals(List.of("01", "04"), afterThreeMissed(Misfire.LATEST, Overlap.SKIP));
    }

    @Test
    void cr06_wf41_allMomentsMissedAreMadeUpFor() {
        assertEquals(
                List.of("01", "02", "03", "04"), afterThreeMissed(Misfire.ALL, Overlap.BESIDE));
    }

    private static final int MOST_MADE_UP_FOR = 1000;

    /** Misses so many minutes; the number of the first that had a run, and how many had. */
    private List<Integer> madeUpFor(int missed) {
        Schedule<Integer> minutely =
                Schedule.of("minutely", Cron.parse("* * * * *", Cron.Dialect.UNIX), CALL, any -> 1)
                        .with(Misfire.ALL)
                        .with(Overlap.BESIDE);
        Instant begin = bench.clock().instant();
        bench.runtime().schedule(minutely);
        bench.settle();
        bench.kill();
        bench.clock().advance(Duration.ofMinutes(missed));
        bench.runtime().schedule(minutely);
        bench.settle();
        List<Integer> minutes =
                IntStream.rangeClosed(1, missed)
                        .filter(minute ->
                                bench.runtime()
                                        .find("minutely-" + (begin.getEpochSecond() + 60L * minute))
                                        .isPresent())
                        .boxed()
                        .toList();
        return List.of(minutes.getFirst(), minutes.size());
    }

    @Test
    void cr06_wf41_aThousandMissedMomentsAreAllMadeUpFor() {
        assertEquals(List.of(1, MOST_MADE_UP_FOR), madeUpFor(MOST_MADE_UP_FOR));
    }

    @Test
    void cr06_wf41_ofOneMoreTheOldestIsNot() {
        assertEquals(List.of(2, MOST_MADE_UP_FOR), madeUpFor(MOST_MADE_UP_FOR + 1));
    }

    private List<String> afterAProcessThatIsLateBy(Duration late) {
        bench.runtime().schedule(hourly(CALL).with(Misfire.SKIP));
        bench.settle();
        bench.kill();
        bench.clock().advance(Duration.ofHours(1).plus(late));
        bench.runtime().schedule(hourly(CALL).with(Misfire.SKIP));
        bench.settle();
        return hours();
    }

    @Test
    void cr06_wf41_aMomentIsNotMissedWithinItsMinute() {
        assertEquals(List.of("01"), afterAProcessThatIsLateBy(Duration.ofMillis(59_999)));
    }

    @Test
    void cr06_wf41_aMomentIsMissedAfterAMinute() {
        assertEquals(List.of(), afterAProcessThatIsLateBy(Duration.ofMinutes(1)));
    }

    @Test
    void aNameHasSixtyFourCharactersAndNotOneMore() {
        Cron cron = Cron.parse("0 * * * *", Cron.Dialect.UNIX);
        String longest = "n".repeat(Schedule.MAX_NAME_LENGTH);
        assertEquals(longest, Schedule.of(longest, cron, CALL, any -> 1).name());
        assertThrows(
                IllegalArgumentException.class,
                () -> Schedule.of(longest + "n", cron, CALL, any -> 1));
    }

    @Test
    void cr07_aRunThatTakesLongKeepsTheNextOnesOut() {
        bench.runtime().schedule(hourly(LONG));
        bench.advance(Duration.ofMinutes(60 * 5 + 1));
        assertEquals(List.of("01", "04"), hours());
    }

    @Test
    void cr07_unlessTheyMayRunBesideIt() {
        bench.runtime().schedule(hourly(LONG).with(Overlap.BESIDE));
        bench.advance(Duration.ofMinutes(60 * 3 + 1));
        assertEquals(List.of("01", "02", "03"), hours());
    }

    /** A store has one process: whoever comes second is told so, and begins nothing. */
    @Test
    void cr08_ofThreeThatShareAScheduleOneHasItAndTheNextTakesItOver(@TempDir Path folder) {
        Path file = folder.resolve("app.db");
        TestClock clock = new TestClock();
        try (OnFile first = new OnFile(file, clock, outside, CALL)) {
            first.runtime().schedule(hourly(CALL));
            for (int other = 2; other <= 3; other++) {
                StoreException refused =
                        assertThrows(
                                StoreException.class, () -> new OnFile(file, clock, outside, CALL));
                assertEquals(StoreFault.LOCKED, refused.fault());
            }
            first.advance(Duration.ofHours(1));
            assertEquals(1, outside.calls().size());
        }
        try (OnFile second = new OnFile(file, clock, outside, CALL)) {
            second.runtime().schedule(hourly(CALL));
            second.settle();
            assertEquals(1, outside.calls().size());
            second.advance(Duration.ofHours(1));
            assertEquals(2, outside.keys("call").size());
            assertEquals(2, second.runtime().list(List.of(RunState.COMPLETED), 9).size());
        }
    }
}
