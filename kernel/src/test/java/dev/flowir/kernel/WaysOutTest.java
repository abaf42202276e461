package dev.flowir.kernel;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Overdue;
import dev.flowir.ir.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fallbacks, dead letters and what follows a timeout, on the direct driver. */
class WaysOutTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final Node<Integer, Integer> ODD =
            Node.pure(
                    "odd",
                    Integer.class,
                    Integer.class,
                    n -> {
                        if (n % 2 == 0) {
                            throw new IllegalArgumentException(n + " is even");
                        }
                        return n * 10;
                    });
    private static final Node<Integer, Integer> EVEN =
            Node.pure("even", Integer.class, Integer.class, n -> -n);

    private static final Flow<Integer, Integer> EITHER =
            Flow.define(
                    "either",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> g.orElse(in, ODD, EVEN, "done", Integer.class));

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whatFailsGoesThroughTheOtherNode(Execution execution) {
        try (Runtime runtime = Runtime.builder().execution(execution).build()) {
            for (int i = 0; i < 3000; i++) { // hot enough to be compiled
                assertEquals(30, runtime.run(EITHER, 3).orThrow());
            }
            assertEquals(-4, runtime.run(EITHER, 4).orThrow());
            List<Integer> outputs = new ArrayList<>();
            runtime.feed(EITHER, List.of(1, 2, 3, 4)).forEach(outputs::add).orThrow();
            assertEquals(List.of(10, -2, 30, -4), outputs);
        }
    }

    @Test
    void repeatsComeFirst() {
        AtomicInteger attempts = new AtomicInteger();
        Node<Integer, Integer> fails =
                Node.pure(
                                "fails",
                                Integer.class,
                                Integer.class,
                                n -> {
                                    attempts.incrementAndGet();
                                    throw new IllegalStateException("no");
                                })
                        .with(retry(2, Duration.ZERO));
        Flow<Integer, Integer> flow =
                Flow.define(
                        "patient",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.orElse(in, fails, EVEN, "done", Integer.class));
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(-5, runtime.run(flow, 5).orThrow());
        }
        assertEquals(3, attempts.get());
    }

    @Test
    void aDeadLetterLeavesTheRunWithoutAnOutput() {
        List<Integer> letters = new CopyOnWriteArrayList<>();
        Node<Integer, Boolean> park = Node.pure("park", Integer.class, Boolean.class, letters::add);
        Flow<Integer, Integer> flow =
                Flow.define(
                        "parking", "1.0.0", Integer.class, (g, in) -> g.deadLetter(in, ODD, park));
        try (Runtime runtime = Runtime.builder().build()) {
            assertEquals(30, runtime.run(flow, 3).orThrow());
            Failure failure = assertInstanceOf(Result.Failed.class, runtime.run(flow, 4)).failure();
            assertEquals("RUN103", failure.code());
            assertTrue(
                    failure.message().contains("'odd' failed and its item went to 'park'"),
                    failure::message);
        }
        assertEquals(List.of(4), letters);
    }

    @Test
    void whatTakesTooLongGoesThroughTheOtherNode() throws InterruptedException {
        ManualTime time = new ManualTime();
        Flow<Integer, Integer> flow =
                Flow.define(
                        "slow",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.within(
                                        LIMIT,
                                        in,
                                        Waits.sleep("nap", Integer.class, LIMIT.plusNanos(1)),
                                        EVEN,
                                        "done",
                                        Integer.class));
        try (Runtime runtime = Runtime.builder().time(time).watchdog(Watchdog.STRICT).build()) {
            Run<Integer> run = runtime.start(flow, Invocation.of(7));
            time.awaitArmed(2);
            time.advance(LIMIT.minusNanos(1));
            assertTrue(run.await(Duration.ZERO).isEmpty());
            time.advance(Duration.ofNanos(1));
            assertEquals(-7, run.await().orThrow());
            assertEquals(0, time.armed());
        }
    }

    @Test
    void aTimeoutThatRepeatsDoesNotRepeatOtherFailures() throws InterruptedException {
        ManualTime time = new ManualTime();
        Flow<Integer, Integer> flow =
                Flow.define(
                        "again",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Waits.sleep("nap", Integer.class, LIMIT.plusNanos(1))
                                                .with(
                                                        timeout(
                                                                LIMIT,
                                                                Overdue.retry(1, Duration.ZERO)))));
        try (Runtime runtime = Runtime.builder().time(time).watchdog(Watchdog.STRICT).build()) {
            Run<Integer> run = runtime.start(flow, Invocation.of(7));
            time.awaitArmed(2);
            time.advance(LIMIT);
            time.awaitArmed(2);
            time.advance(LIMIT);
            Failure.NodeTimedOut late =
                    assertInstanceOf(
                            Failure.NodeTimedOut.class,
                            assertInstanceOf(Result.Failed.class, run.await()).failure());
            assertEquals(2, late.attempts());
        }
        Flow<Integer, Integer> fails =
                Flow.define(
                        "once",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        ODD.with(timeout(LIMIT, Overdue.retry(5, Duration.ZERO)))));
        try (Runtime runtime = Runtime.builder().build()) {
            Failure.NodeFailed failed =
                    assertInstanceOf(
                            Failure.NodeFailed.class,
                            assertInstanceOf(Result.Failed.class, runtime.run(fails, 2)).failure());
            assertEquals(1, failed.attempts());
        }
    }
}
