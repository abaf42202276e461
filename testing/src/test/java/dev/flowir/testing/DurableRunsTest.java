package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRun;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs that survive their process; numbers are those of the platform's table. */
class DurableRunsTest {

    private static final Node<Integer, Integer> PLUS =
            Node.pure("plus", Integer.class, Integer.class, n -> n + 1);

    private static Node<Integer, Integer> step(String name) {
        return Node.effect(
                name,
                Integer.class,
                Integer.class,
                Outside.TOKEN,
                (outside, n, context) -> outside.call(context, n));
    }

    private static final Flow<Integer, Integer> CHAIN =
            Flow.define(
                    "chain",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var a = g.then(g.then(in, step("a")), PLUS);
                        var b = g.then(a, step("b").with(retry(2, Duration.ofSeconds(5))));
                        return g.then(b, step("c").with(timeout(Duration.ofSeconds(30))));
                    });

    private final Outside outside = new Outside();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(CHAIN).capabilities(store -> Capabilities.of(outside));

    @Test
    void aRunGivesWhatItsStepsGive() {
        DurableRun<Integer> run = bench.runtime().start(CHAIN, "one", 1);
        assertEquals(new Result.Value<>(2), bench.result(run));
        assertEquals(List.of("a#1", "b#1", "c#1"), outside.calls());
        assertEquals(RunState.COMPLETED, run.view().state());
    }

    @Test
    void wf01_stepsThatWereRecordedAreNotRepeated() {
        outside.onCall("c#1", bench::kill);
        bench.runtime().start(CHAIN, "one", 1);
        bench.settle();
        DurableRun<Integer> again = bench.runtime().start(CHAIN, "one", 1);
        assertFalse(again.isNew());
        assertEquals(new Result.Value<>(2), bench.result(again));
        assertEquals(List.of("a#1", "b#1", "c#1", "c#2"), outside.calls());
    }

    @Test
    void wf07_aKillInsideAnAttemptCountsAsOneWithTheSameKey() {
        outside.onCall("b#1", bench::kill);
        DurableRun<Integer> run = bench.runtime().start(CHAIN, "one", 1);
        bench.settle();
        bench.result(bench.runtime().start(CHAIN, "one", 1));
        assertEquals(List.of("a#1", "b#1", "b#2", "c#1"), outside.calls());
        assertEquals(1, outside.keys("b").size(), () -> outside.keys("b").toString());
        assertEquals("one", run.id());
    }

    @Test
    void wf02_retriesWaitTheirBackoffAndKeepCount() {
        outside.failing("b", 2);
        DurableRun<Integer> run = bench.runtime().start(CHAIN, "one", 1);
        bench.settle();
        assertEquals(List.of("a#1", "b#1"), outside.calls());
        assertEquals(RunState.WAITING, run.view().state());
        assertEquals(0, bench.runtime().loaded());
        bench.advance(Duration.ofSeconds(5));
        assertEquals(List.of("a#1", "b#1", "b#2"), outside.calls());
        assertEquals(new Result.Value<>(2), bench.result(run));
    }

    @Test
    void wf10_anExhaustedErrorIsKeptAndNotTriedAgain() {
        outside.failing("b", 100);
        Result<Integer> first = bench.result(bench.runtime().start(CHAIN, "one", 1));
        Failure failure = assertFailed(first);
        assertEquals("RUN101", failure.code());
        assertTrue(failure.message().contains("node 'b'"), failure.message());
        assertTrue(failure.message().contains("failed after 3 attempts"), failure.message());
        bench.kill();
        assertEquals(first, bench.result(bench.runtime().start(CHAIN, "one", 1)));
        assertEquals(List.of("a#1", "b#1", "b#2", "b#3"), outside.calls());
    }

    @Test
    void wf12_whatNoRepeatCanHelpIsTriedOnce() {
        outside.throwing("b", new NonRetryableException("declined"));
        Failure failure = assertFailed(bench.result(bench.runtime().start(CHAIN, "one", 1)));
        assertTrue(
                failure.message()
                        .contains("failed after 1 attempt: NonRetryableException: declined"),
                failure.message());
        assertEquals(List.of("a#1", "b#1"), outside.calls());
    }

    @Test
    void wf25_anIdMeansOneRun() {
        assertTrue(bench.runtime().start(CHAIN, "one", 1).isNew());
        assertFalse(bench.runtime().start(CHAIN, "one", 1).isNew());
        bench.settle();
        assertEquals(List.of("a#1", "b#1", "c#1"), outside.calls());
        assertEquals(1, bench.runtime().list(List.of(RunState.values()), 10).size());
    }

    @Test
    void wf30_terminateEndsAndNothingFollows() {
        outside.failing("b", 1);
        DurableRun<Integer> run = bench.runtime().start(CHAIN, "one", 1);
        bench.settle();
        bench.runtime().terminate("one", "enough");
        assertEquals(RunState.TERMINATED, run.view().state());
        assertEquals("RUN102", assertFailed(bench.result(run)).code());
        bench.advance(Duration.ofDays(1));
        assertEquals(List.of("a#1", "b#1"), outside.calls());
        JournalException over =
                assertThrows(
                        JournalException.class, () -> bench.runtime().terminate("one", "again"));
        assertEquals(JournalFault.WRONG_STATE, over.fault());
    }

    @Test
    void aStopInGoodOrderCostsNoAttempt() {
        outside.onCall("b#1", () -> bench.runtime().hold());
        bench.runtime().start(CHAIN, "one", 1);
        bench.settle();
        bench.stop();
        assertEquals(List.of("a#1", "b#1"), outside.calls());
        bench.result(bench.runtime().start(CHAIN, "one", 1));
        assertEquals(List.of("a#1", "b#1", "c#1"), outside.calls());
    }

    @Test
    void aStepThatAlwaysTakesTheProcessDownIsGivenUp() {
        outside.onEveryCall("b", bench::kill);
        bench.runtime().start(CHAIN, "one", 1);
        for (int i = 0; i < 10; i++) {
            bench.settle();
        }
        Failure failure = assertFailed(bench.result(bench.runtime().start(CHAIN, "one", 1)));
        assertTrue(failure.message().contains("the process ended"), failure.message());
        assertEquals(7, outside.calls().size(), () -> outside.calls().toString());
    }

    static Failure assertFailed(Result<?> result) {
        return switch (result) {
            case Result.Failed<?> failed -> failed.failure();
            case Result.Value<?> value -> throw new AssertionError("it gave " + value);
        };
    }
}
