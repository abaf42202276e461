package dev.flowir.kernel;

import static dev.flowir.ir.NodeOption.concurrency;
import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many bodies of a node run at a time, on the direct driver. */
class ConcurrencyTest {

    private final ManualTime time = new ManualTime();
    private final Runtime runtime = Runtime.builder().time(time).build();

    /** Items whose body has begun, in that order. */
    private final LinkedBlockingQueue<Integer> begun = new LinkedBlockingQueue<>();

    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void close() {
        mayEnd.release(1_000);
        runtime.close();
    }

    /** A body that says that it began and waits until one may end. */
    private Integer call(Integer item) throws InterruptedException {
        most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
        begun.add(item);
        try {
            mayEnd.acquire();
            if (item < 0) {
                throw new IllegalStateException("refused");
            }
            return item * 2;
        } finally {
            atWork.decrementAndGet();
        }
    }

    private Node<Integer, Integer> called(int limit) {
        return Node.pure("call", Integer.class, Integer.class, (Integer n) -> call(n))
                .with(concurrency(limit));
    }

    private Flow<Integer, Integer> flow(int limit) {
        return Flow.define("calls", "1.0.0", Integer.class, (g, in) -> g.then(in, called(limit)));
    }

    private List<Run<Integer>> start(Flow<Integer, Integer> flow, int... items) {
        List<Run<Integer>> runs = new ArrayList<>();
        for (int item : items) {
            runs.add(runtime.start(flow, Invocation.of(item)));
        }
        return runs;
    }

    @Test
    void runsShareTheLimitAndComeInTurn() throws InterruptedException {
        Flow<Integer, Integer> flow = flow(1);
        List<Run<Integer>> runs = start(flow, 0, 1, 2, 3, 4, 5, 6, 7);
        mayEnd.release(8);
        for (int n = 0; n < 8; n++) {
            assertEquals(n * 2, runs.get(n).await().orThrow());
        }
        assertEquals(1, most.get());
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), List.copyOf(begun));
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aLimitHoldsWhateverTheExecution(Execution execution) throws InterruptedException {
        try (Runtime other = Runtime.builder().execution(execution).build()) {
            Flow<Integer, Integer> flow = flow(4);
            List<Run<Integer>> runs = new ArrayList<>();
            for (int n = 0; n < 40; n++) {
                runs.add(other.start(flow, Invocation.of(n)));
            }
            for (int n = 0; n < 4; n++) {
                begun.take();
            }
            assertEquals(4, atWork.get());
            mayEnd.release(40);
            for (int n = 0; n < 40; n++) {
                assertEquals(n * 2, runs.get(n).await().orThrow());
            }
            assertEquals(4, most.get());
        }
    }

    @Test
    void itemsOfAListCount() throws InterruptedException {
        Node<Integer, List<Integer>> parts =
                Node.split("parts", Integer.class, Integer.class, n -> List.of(n, n + 1, n + 2));
        Flow<Integer, List<Integer>> flow =
                Flow.define(
                        "list",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.each(g.then(in, parts), 3, called(2)));
        Run<List<Integer>> run = runtime.start(flow, Invocation.of(1));
        mayEnd.release(3);
        assertEquals(List.of(2, 4, 6), run.await().orThrow());
        assertTrue(most.get() <= 2, () -> most + " at a time");
    }

    @Test
    void aDeadlineLeavesTheLineAndNamesTheNode() throws InterruptedException {
        Flow<Integer, Integer> flow = flow(1);
        Run<Integer> first = start(flow, 1).get(0);
        assertEquals(1, begun.take());
        Run<Integer> late = runtime.start(flow, Invocation.of(2).within(Duration.ofSeconds(1)));
        Run<Integer> third = start(flow, 3).get(0);
        time.awaitArmed(1);
        time.advance(Duration.ofSeconds(1));
        String message =
                assertInstanceOf(
                                Failure.DeadlineExceeded.class,
                                assertInstanceOf(Result.Failed.class, late.await()).failure())
                        .message();
        assertTrue(
                message.contains(
                        "while 'call' was waiting in line, since no more than 1 of its bodies"),
                message);
        mayEnd.release(2);
        assertEquals(2, first.await().orThrow());
        assertEquals(6, third.await().orThrow());
        assertEquals(List.of(3), List.copyOf(begun));
    }

    @Test
    void failuresCancelsAndRepeatsLoseNoPermit() throws InterruptedException {
        Node<Integer, Integer> repeated = called(2).with(retry(1, Duration.ZERO));
        Flow<Integer, Integer> flow =
                Flow.define("calls", "1.0.0", Integer.class, (g, in) -> g.then(in, repeated));
        for (int round = 0; round < 20; round++) {
            List<Run<Integer>> runs = start(flow, -1, 1, -2, 2, 3);
            begun.take();
            begun.take();
            runs.get(round % 5).cancel("enough");
            mayEnd.release(20);
            for (Run<Integer> run : runs) {
                run.await();
            }
            mayEnd.drainPermits();
            begun.clear();
        }
        start(flow, 7, 8, 9);
        List<Integer> two = List.of(begun.take(), begun.take());
        assertEquals(2, two.size());
        assertEquals(2, atWork.get());
    }

    @Test
    void aStreamCountsUntilItHasEnded() throws Exception {
        Node<Integer, ItemStream<Integer>> ticks =
                Node.<Integer, Integer>streams(
                                "ticks",
                                Integer.class,
                                Integer.class,
                                (n, out, context) -> {
                                    begun.add(n);
                                    out.emit(n);
                                    mayEnd.acquire();
                                })
                        .with(concurrency(1));
        Flow<Integer, ItemStream<Integer>> flow =
                Flow.define("ticks", "1.0.0", Integer.class, (g, in) -> g.then(in, ticks));
        ItemStream<Integer> first = runtime.run(flow, 1).orThrow();
        assertEquals(1, begun.take());
        Run<ItemStream<Integer>> second = runtime.start(flow, Invocation.of(2));
        assertEquals(new ItemStream.Item<>(1), first.next());
        assertTrue(begun.isEmpty());
        mayEnd.release();
        assertEquals(new ItemStream.End<>(), first.next());
        assertEquals(2, begun.take());
        mayEnd.release();
        assertEquals(new ItemStream.Item<>(2), second.await().orThrow().next());
    }

    @Test
    void bothSidesOfTheRange() {
        assertThrows(IllegalArgumentException.class, () -> concurrency(0));
        assertThrows(IllegalArgumentException.class, () -> concurrency(4097));
        concurrency(1);
        concurrency(4096);
        for (long limit : new long[] {0, 4097}) {
            Flows flows = Flows.named("odd").nodes("t", "c").edges("t -> c").limited("c", limit);
            Failure failure =
                    assertInstanceOf(
                                    Result.Failed.class,
                                    runtime.run(flows.flow("t", "c"), JsonValue.number(1)))
                            .failure();
            assertTrue(failure.message().contains("CTRL152"), failure::message);
        }
    }
}
