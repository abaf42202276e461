package dev.flowir.durable;

import static dev.flowir.ir.NodeOption.concurrency;
import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many bodies of a node run at a time, over durable runs. */
class ConcurrencyTest {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final LinkedBlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private Store store;
    private DurableRuntime runtime;

    @BeforeEach
    void open() {
        store = Store.inMemory(StoreOptions.defaults());
        runtime =
                DurableRuntime.on(store)
                        .capabilities(Capabilities.of(SqlProvider.on("db", store)))
                        .open();
    }

    @AfterEach
    void close() {
        mayEnd.release(1_000);
        runtime.close();
        store.close();
    }

    private Node<Integer, Integer> called(int limit) {
        return Node.pure(
                        "call",
                        Integer.class,
                        Integer.class,
                        (Integer n) -> {
                            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                            begun.add(n);
                            try {
                                mayEnd.acquire();
                                if (n < 0) {
                                    throw new IllegalStateException("refused");
                                }
                                return n * 2;
                            } finally {
                                atWork.decrementAndGet();
                            }
                        })
                .with(concurrency(limit));
    }

    private static Flow<Integer, Integer> flow(Node<Integer, Integer> node) {
        return Flow.define("calls", "1.0.0", Integer.class, (g, in) -> g.then(in, node));
    }

    private List<DurableRun<Integer>> start(Flow<Integer, Integer> flow, int... items) {
        List<DurableRun<Integer>> runs = new ArrayList<>();
        for (int item : items) {
            runs.add(runtime.start(flow, "run" + item, item));
        }
        return runs;
    }

    @Test
    void runsShareTheLimit() throws Exception {
        Flow<Integer, Integer> flow = flow(called(2));
        List<DurableRun<Integer>> runs = start(flow, 1, 2, 3, 4, 5, 6);
        begun.take();
        begun.take();
        assertNull(begun.poll());
        mayEnd.release(6);
        for (int n = 1; n <= 6; n++) {
            assertEquals(Optional.of(new Result.Value<>(n * 2)), runs.get(n - 1).await(PATIENCE));
        }
        assertEquals(2, most.get());
    }

    @Test
    void failuresTimeoutsAndCancelsLoseNoPermit() throws Exception {
        Node<Integer, Integer> call =
                called(1).with(retry(1, Duration.ZERO), timeout(Duration.ofSeconds(1)));
        Flow<Integer, Integer> flow = flow(call);
        List<DurableRun<Integer>> runs = start(flow, 1, -2, 3, 4);
        int first = begun.take();
        runs.get(3).cancel("enough");
        for (DurableRun<Integer> run : runs) { // nobody may end: each is out of time, twice
            assertInstanceOf(Result.Failed.class, run.await(PATIENCE).orElseThrow());
        }
        assertEquals(1, first);
        assertEquals(1, most.get());
        mayEnd.release(100);
        List<DurableRun<Integer>> more = start(flow, 7, 8);
        assertEquals(Optional.of(new Result.Value<>(14)), more.get(0).await(PATIENCE));
        assertEquals(Optional.of(new Result.Value<>(16)), more.get(1).await(PATIENCE));
    }
}
