package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRun;
import dev.flowir.durable.RunView;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sleeps, signals, pauses, restarts; numbers are those of the platform's table. */
class WaitingRunsTest {

    private static Node<Integer, Integer> step(String name) {
        return Node.effect(
                name,
                Integer.class,
                Integer.class,
                Outside.TOKEN,
                (outside, n, context) -> outside.call(context, n));
    }

    private static final Flow<Integer, Integer> NAP =
            Flow.define(
                    "nap",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var slept =
                                g.then(
                                        in,
                                        Waits.sleep("sleep", Integer.class, Duration.ofDays(30)));
                        return g.then(slept, step("after"));
                    });

    private static final Flow<Integer, Integer> UNTIL =
            Flow.define(
                    "until",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(in, step("before")),
                                    Waits.sleepUntil(
                                            "until",
                                            Integer.class,
                                            n ->
                                                    Instant.parse("2026-01-02T00:00:00Z")
                                                            .toEpochMilli())));

    private static final Flow<Integer, String> ASK =
            Flow.define(
                    "ask",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var first =
                                g.then(
                                        g.then(in, step("ask")),
                                        Waits.signal(
                                                "one",
                                                Integer.class,
                                                String.class,
                                                "answer",
                                                Duration.ofHours(24)));
                        return g.then(
                                first,
                                Waits.signal(
                                        "two",
                                        String.class,
                                        String.class,
                                        "answer",
                                        Duration.ofHours(24)));
                    });

    private static final Flow<Integer, Integer> FIVE =
            Flow.define(
                    "five",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            g.then(
                                                    g.then(g.then(in, step("s1")), step("s2")),
                                                    step("s3")),
                                            step("s4")),
                                    step("s5")));

    private final Outside outside = new Outside();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(NAP, UNTIL, ASK, FIVE).capabilities(store -> Capabilities.of(outside));

    private RunView view(String id) {
        return bench.runtime().find(id).orElseThrow();
    }

    @Test
    void wf17_aSleepOfAMonthSurvivesFiveRestarts() {
        DurableRun<Integer> run = bench.runtime().start(NAP, "nap", 1);
        bench.settle();
        assertEquals(RunState.WAITING, run.view().state());
        assertEquals(0, bench.runtime().loaded());
        for (int i = 0; i < 5; i++) {
            bench.kill();
            bench.advance(Duration.ofDays(5));
        }
        bench.advance(Duration.ofDays(5).minusMillis(1));
        assertEquals(List.of(), outside.calls());
        bench.advance(Duration.ofMillis(1));
        assertEquals(List.of("after#1"), outside.calls());
        assertEquals(RunState.COMPLETED, view("nap").state());
        assertEquals(Instant.parse("2026-01-31T00:00:00Z"), view("nap").updated());
    }

    @Test
    void wf18_aMomentThatPassedWhileNobodyRanIsOverAtOnce() {
        bench.runtime().start(UNTIL, "until", 3);
        bench.advance(Duration.ofHours(23));
        bench.kill();
        bench.clock().advance(Duration.ofHours(2));
        bench.settle();
        assertEquals(RunState.COMPLETED, view("until").state());
        assertEquals(List.of("before#1"), outside.calls());
    }

    @Test
    void wf20_wf21_signalsAreKeptInOrderEachOnce() {
        DurableRun<String> run = bench.runtime().start(ASK, "ask", 1);
        bench.runtime().signal("ask", "answer", "first");
        bench.runtime().signal("ask", "answer", "second");
        bench.kill();
        bench.settle();
        assertEquals(RunState.COMPLETED, view("ask").state());
        assertEquals("\"second\"", view("ask").output().orElseThrow());
        assertEquals("ask", run.id());
    }

    @Test
    void wf23_aSignalThatDoesNotComeFailsTheWait() {
        DurableRun<String> run = bench.runtime().start(ASK, "ask", 1);
        bench.advance(Duration.ofHours(25));
        String message = DurableRunsTest.assertFailed(bench.result(run)).message();
        assertTrue(message.contains("node 'one'"), message);
        assertTrue(message.contains("[DUR204] no signal 'answer' came in time"), message);
    }

    @Test
    void wf24_signalsToNobodyAreRefused() {
        bench.runtime().start(ASK, "ask", 1);
        assertEquals(
                JournalFault.NOT_FOUND,
                assertThrows(
                                JournalException.class,
                                () -> bench.runtime().signal("nobody", "answer", "x"))
                        .fault());
        assertEquals(
                JournalFault.INVALID,
                assertThrows(
                                JournalException.class,
                                () -> bench.runtime().signal("ask", "other", "x"))
                        .fault());
        bench.runtime().terminate("ask", "enough");
        assertEquals(
                JournalFault.WRONG_STATE,
                assertThrows(
                                JournalException.class,
                                () -> bench.runtime().signal("ask", "answer", "x"))
                        .fault());
    }

    @Test
    void wf24_aSignalToAPausedRunIsDeliveredAfterItResumes() {
        bench.runtime().start(ASK, "ask", 1);
        bench.settle();
        bench.runtime().pause("ask");
        bench.runtime().signal("ask", "answer", "a");
        bench.runtime().signal("ask", "answer", "b");
        bench.kill();
        bench.settle();
        assertEquals(RunState.PAUSED, view("ask").state());
        bench.runtime().resume("ask");
        bench.settle();
        assertEquals("\"b\"", view("ask").output().orElseThrow());
    }

    @Test
    void wf28_aPauseLetsTheStepUnderWayFinish() {
        outside.onCall("s2#1", () -> bench.runtime().pause("five"));
        bench.runtime().start(FIVE, "five", 1);
        bench.settle();
        assertEquals(List.of("s1#1", "s2#1"), outside.calls());
        assertEquals(RunState.PAUSED, view("five").state());
        bench.kill();
        bench.runtime().resume("five");
        bench.settle();
        assertEquals(List.of("s1#1", "s2#1", "s3#1", "s4#1", "s5#1"), outside.calls());
        assertEquals(RunState.COMPLETED, view("five").state());
    }

    @Test
    void wf29_aSleepIsLongerByThePause() {
        bench.runtime().start(NAP, "nap", 1);
        bench.advance(Duration.ofDays(20));
        bench.runtime().pause("nap");
        bench.advance(Duration.ofDays(100));
        bench.kill();
        bench.runtime().resume("nap");
        bench.advance(Duration.ofDays(10).minusMillis(1));
        assertEquals(List.of(), outside.calls());
        bench.advance(Duration.ofMillis(1));
        assertEquals(List.of("after#1"), outside.calls());
    }

    @Test
    void wf31_aRestartFromANodeKeepsWhatCameBefore() {
        bench.runtime().start(FIVE, "five", 1);
        bench.settle();
        bench.runtime().restartFrom("five", "s3");
        bench.settle();
        assertEquals(
                List.of("s1#1", "s2#1", "s3#1", "s4#1", "s5#1", "s3#1", "s4#1", "s5#1"),
                outside.calls());
        assertEquals(2, view("five").generation());
        assertEquals(2, outside.keys("s3").size());
        assertEquals(1, outside.keys("s2").size());
        assertEquals(
                JournalFault.WRONG_STATE,
                assertThrows(
                                JournalException.class,
                                () -> bench.runtime().restartFrom("five", "s9"))
                        .fault());
    }

    @Test
    void aRestartBeginsAnewWithTheSameInput() {
        DurableRun<Integer> run = bench.runtime().start(FIVE, "five", 7);
        bench.settle();
        bench.runtime().restart("five");
        bench.settle();
        assertEquals(10, outside.calls().size());
        assertEquals(new Result.Value<>(7), bench.result(run));
        bench.kill();
        assertEquals("7", view("five").output().orElseThrow());
    }

    @Test
    void aRunThatIsOverForLongIsForgottenAndItsIdFree() {
        bench.runtime().start(FIVE, "five", 7);
        bench.advance(Duration.ofDays(29));
        assertTrue(bench.runtime().find("five").isPresent());
        bench.clock().advance(Duration.ofDays(2));
        bench.kill();
        bench.settle();
        assertTrue(bench.runtime().find("five").isEmpty());
        assertTrue(bench.runtime().start(FIVE, "five", 8).isNew());
    }
}
