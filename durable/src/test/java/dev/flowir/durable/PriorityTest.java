package dev.flowir.durable;

import static dev.flowir.ir.NodeOption.concurrency;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Priority;
import dev.flowir.kernel.Result;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits for a permit of a node goes by level, in durable runs and after a restart. */
class PriorityTest {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final LinkedBlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
    private final Semaphore mayEnd = new Semaphore(0);
    private final Store store = Store.inMemory(StoreOptions.defaults());
    private DurableRuntime runtime;

    @BeforeEach
    void open() {
        runtime = DurableRuntime.on(store).open();
    }

    @AfterEach
    void close() {
        mayEnd.release(1_000);
        runtime.close();
        store.close();
    }

    private static int level(int item) {
        if (item == 0) {
            throw new IllegalStateException("no level");
        }
        return item;
    }

    /** A list of items, each its own level, through a node that takes one at a time. */
    private Flow<Integer, List<Integer>> flow(List<Integer> items) {
        Node<Integer, List<Integer>> parts =
                Node.split("parts", Integer.class, Integer.class, n -> items);
        Node<Integer, Integer> call =
                Node.pure(
                                "call",
                                Integer.class,
                                Integer.class,
                                (Integer n) -> {
                                    begun.add(n);
                                    mayEnd.acquire();
                                    return n * 2;
                                })
                        .with(concurrency(1))
                        .by(Priority.of("itself", PriorityTest::level));
        return Flow.define(
                "calls", "1.0.0", Integer.class, (g, in) -> g.each(g.then(in, parts), 8, call));
    }

    private List<Integer> taken(int count) throws InterruptedException {
        List<Integer> all = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            all.add(begun.take());
        }
        return all;
    }

    /** Waits until that many items have been through the node, and it is written. */
    private void awaitRecorded(int ends) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (runtime.history("run").stream()
                        .map(HistoryEvent::what)
                        .filter(it -> it.contains("call") && it.endsWith("gave a value"))
                        .count()
                < ends) {
            assertTrue(System.nanoTime() < limit, () -> runtime.history("run").toString());
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void itemsOfARunWaitByLevel() throws Exception {
        DurableRun<List<Integer>> run = runtime.start(flow(List.of(3, 5, 4, 1, 2)), "run", 1);
        mayEnd.release(5);
        assertEquals(
                new Result.Value<>(List.of(6, 10, 8, 2, 4)), run.await(PATIENCE).orElseThrow());
        assertEquals(List.of(3, 1, 2, 4, 5), taken(5));
    }

    @Test
    void aRestartLinesThemUpAgain() throws Exception {
        Flow<Integer, List<Integer>> flow = flow(List.of(3, 5, 4, 1, 2));
        runtime.start(flow, "run", 1);
        mayEnd.release(2);
        assertEquals(List.of(3, 1, 2), taken(3)); // 2 is at work when the process ends
        awaitRecorded(2); // a permit goes on before the end of its step is written
        runtime.kill();
        begun.clear();
        runtime = DurableRuntime.on(store).flows(flow).open();
        DurableRun<List<Integer>> again = runtime.start(flow, "run", 1);
        mayEnd.release(10);
        assertEquals(
                new Result.Value<>(List.of(6, 10, 8, 2, 4)), again.await(PATIENCE).orElseThrow());
        // The first asks while nobody has the permit; the others stand in line, as before.
        assertEquals(List.of(5, 2, 4), taken(3));
    }

    @Test
    void whatIsThrownForALevelFailsTheNode() throws Exception {
        DurableRun<List<Integer>> run = runtime.start(flow(List.of(3, 0, 5)), "run", 1);
        mayEnd.release(5);
        Result.Failed<?> failed =
                assertInstanceOf(Result.Failed.class, run.await(PATIENCE).orElseThrow());
        assertTrue(failed.failure().message().contains("no level"), failed::toString);
        assertTrue(failed.failure().message().contains("'call'"), failed::toString);
    }
}
