package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.ir.Backoff;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits between attempts, and bounds; numbers are those of the platform's table. */
class BackoffTest {

    private final Outside outside = new Outside();

    private static Flow<Integer, Integer> flow(int retries, Backoff backoff) {
        Node<Integer, Integer> step =
                Node.effect(
                        "step",
                        Integer.class,
                        Integer.class,
                        Outside.TOKEN,
                        (outside, n, context) -> outside.call(context, n));
        return Flow.define(
                "retries",
                "1.0.0",
                Integer.class,
                (g, in) -> g.then(in, step.with(retry(retries, backoff))));
    }

    /** Seconds between the attempts of a step that always fails. */
    private List<Long> waits(int retries, Backoff backoff, String id) {
        Flow<Integer, Integer> flow = flow(retries, backoff);
        List<Instant> times = new ArrayList<>();
        try (DurableBench bench = new DurableBench(flow)) {
            bench.capabilities(store -> Capabilities.of(outside));
            outside.failing("step", 100);
            outside.onEveryCall("step", () -> times.add(bench.clock().instant()));
            bench.result(bench.runtime().start(flow, id, 1));
        }
        List<Long> seconds = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            seconds.add(Duration.between(times.get(i - 1), times.get(i)).toSeconds());
        }
        return seconds;
    }

    @Test
    void wf02_exponential() {
        assertEquals(
                List.of(10L, 20L, 40L, 80L, 160L),
                waits(5, Backoff.exponential(Duration.ofSeconds(10)), "a"));
    }

    @Test
    void wf03_noRetryMeansOneAttempt() {
        assertEquals(List.of(), waits(0, Backoff.exponential(Duration.ofSeconds(10)), "a"));
        assertEquals(List.of("step#1"), outside.calls());
    }

    @Test
    void wf04_linearAndConstant() {
        assertEquals(List.of(5L, 10L, 15L), waits(3, Backoff.linear(Duration.ofSeconds(5)), "a"));
        assertEquals(List.of(5L, 5L, 5L), waits(3, Backoff.constant(Duration.ofSeconds(5)), "a"));
    }

    @Test
    void noWaitIsLongerThanTheLongest() {
        Backoff backoff =
                Backoff.exponential(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(30));
        assertEquals(List.of(10L, 20L, 30L, 30L), waits(4, backoff, "a"));
    }

    @Test
    void jitterDiffersByAttemptAndIsTheSameInEveryReplay() {
        Backoff backoff = Backoff.constant(Duration.ofSeconds(1000)).withJitter(50);
        List<Long> first = waits(5, backoff, "a");
        assertEquals(first, waits(5, backoff, "a"));
        assertNotEquals(first.get(0), first.get(1));
        assertTrue(first.stream().allMatch(wait -> wait >= 500 && wait <= 1500), first::toString);
    }

    @Test
    void wf39_noMoreRunAtATimeThanMayAndAllAreDone() {
        Flow<Integer, Integer> flow = flow(0, Backoff.constant(Duration.ZERO));
        List<Integer> atATime = new ArrayList<>();
        try (DurableBench bench = new DurableBench(flow)) {
            bench.capabilities(store -> Capabilities.of(outside))
                    .limits(DurableLimits.defaults().withMaxRunning(3));
            outside.onEveryCall("step", () -> atATime.add(bench.runtime().loaded()));
            for (int i = 0; i < 20; i++) {
                bench.runtime().start(flow, "r" + i, i);
            }
            assertEquals(17, bench.runtime().list(List.of(RunState.QUEUED), 100).size());
            bench.settle();
            assertEquals(20, bench.runtime().list(List.of(RunState.COMPLETED), 100).size());
        }
        assertTrue(atATime.stream().allMatch(n -> n <= 3), atATime::toString);
        assertEquals(20, outside.calls().size());
        assertTrue(outside.calls().stream().allMatch("step#1"::equals));
    }
}
