package dev.flowir.durable;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Type;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs on real threads and the real clock. */
class ThreadsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final AtomicInteger attempts = new AtomicInteger();

    private static DurableRuntime open(Store store, Flow<?, ?>... flows) {
        return DurableRuntime.on(store)
                .capabilities(Capabilities.of(SqlProvider.on("db", store)))
                .flows(flows)
                .open();
    }

    /** Not pure by its time limit alone: a step without any capability. */
    private Flow<Integer, Integer> hanging() {
        Node<Integer, Integer> hangs =
                Node.pure(
                                "hangs",
                                Type.of(Integer.class),
                                Type.of(Integer.class),
                                n -> {
                                    if (attempts.incrementAndGet() < 3) {
                                        new CountDownLatch(1).await();
                                    }
                                    return n;
                                })
                        .with(timeout(Duration.ofMillis(500)), retry(50, Duration.ofMillis(1)));
        return Flow.define("hanging", "1.0.0", Integer.class, (g, in) -> g.then(in, hangs));
    }

    @Test
    void wf05_anAttemptThatHangsIsInterruptedAndRepeated() throws Exception {
        try (Store store = Store.inMemory(StoreOptions.defaults());
                DurableRuntime runtime = open(store)) {
            DurableRun<Integer> run = runtime.start(hanging(), "h", 4);
            assertEquals(Optional.of(new Result.Value<>(4)), run.await(PATIENCE));
            assertTrue(attempts.get() >= 3, attempts::toString);
        }
    }

    @Test
    void nothingIsUndoneBesideABodyThatIsStillAtWork() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        Semaphore gate = new Semaphore(0);
        AtomicInteger left = new AtomicInteger();
        AtomicInteger leftBefore = new AtomicInteger(-1);
        Node<Integer, Integer> stubborn =
                Node.effect(
                                "stubborn",
                                Integer.class,
                                Integer.class,
                                Sql.writer("other"),
                                (sql, n, context) -> {
                                    working.countDown();
                                    gate.acquireUninterruptibly(); // deaf to interruption
                                    return left.incrementAndGet();
                                })
                        .undoneBy(
                                "undo",
                                Sql.writer("other"),
                                (sql, done, context) -> leftBefore.set(left.get()));
        Flow<Integer, Integer> flow =
                Flow.define("deaf", "1.0.0", Integer.class, (g, in) -> g.then(in, stubborn));
        try (Store store = Store.inMemory(StoreOptions.defaults());
                Store elsewhere = Store.inMemory(StoreOptions.defaults());
                DurableRuntime runtime =
                        DurableRuntime.on(store)
                                .capabilities(Capabilities.of(SqlProvider.on("other", elsewhere)))
                                .flows(flow)
                                .open()) {
            DurableRun<Integer> run = runtime.start(flow, "deaf", 1);
            working.await();
            runtime.terminateAndUndo("deaf", "enough");
            assertEquals(RunState.RUNNING, run.view().state());
            assertEquals(-1, leftBefore.get());
            gate.release();
            assertTrue(run.await(PATIENCE).isPresent());
            assertEquals(1, leftBefore.get());
        }
    }

    @Test
    void wf26_ofAHundredRacingStartsOneBeginsTheRun() throws Exception {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "race",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.effect(
                                                "count",
                                                Integer.class,
                                                Integer.class,
                                                Sql.writer("db"),
                                                (sql, n, context) -> attempts.incrementAndGet())));
        try (Store store = Store.inMemory(StoreOptions.defaults());
                DurableRuntime runtime = open(store, flow);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> starts =
                    IntStream.range(0, 100)
                            .mapToObj(i ->
                                    threads.submit(() -> runtime.start(flow, "one", 1).isNew()))
                            .toList();
            int begun = 0;
            for (Future<Boolean> start : starts) {
                begun += start.get() ? 1 : 0;
            }
            assertEquals(1, begun);
            assertEquals(
                    Optional.of(new Result.Value<>(1)),
                    runtime.start(flow, "one", 1).await(PATIENCE));
            assertEquals(1, attempts.get());
        }
    }

    @Test
    void idsAndOtherFlowsRunsAreRefused() {
        Flow<Integer, Integer> one = Flow.define("one", "1.0.0", Integer.class, (g, in) -> in);
        Flow<Integer, Integer> two = Flow.define("two", "1.0.0", Integer.class, (g, in) -> in);
        try (Store store = Store.inMemory(StoreOptions.defaults());
                DurableRuntime runtime = open(store)) {
            assertEquals(RunState.COMPLETED, runtime.start(one, "a-1_B", 1).view().state());
            assertEquals(
                    JournalFault.ALREADY_EXISTS,
                    assertThrows(JournalException.class, () -> runtime.start(two, "a-1_B", 1))
                            .fault());
            for (String id : List.of("", "-a", "a b", "ü", "x".repeat(101))) {
                assertEquals(
                        JournalFault.INVALID,
                        assertThrows(JournalException.class, () -> runtime.start(one, id, 1))
                                .fault());
            }
        }
    }

    @Test
    void wf13_whatIsTooLargeOrAStreamIsRefused() throws Exception {
        Flow<Integer, String> large =
                Flow.define(
                        "large",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.effect(
                                                "large",
                                                Integer.class,
                                                String.class,
                                                Sql.writer("db"),
                                                (sql, n, context) -> "x".repeat(n))));
        Flow<Integer, ?> streams =
                Flow.define(
                        "streams",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.streams(
                                                "s",
                                                Integer.class,
                                                Integer.class,
                                                (n, out, context) -> out.emit(n))));
        try (Store store = Store.inMemory(StoreOptions.defaults());
                DurableRuntime runtime = open(store)) {
            int most = 1 << 20;
            Result<String> fits = runtime.start(large, "fits", most - 2).await();
            assertTrue(fits instanceof Result.Value<String>, fits::toString);
            Result<String> over = runtime.start(large, "over", most - 1).await();
            assertTrue(over.toString().contains("[DUR201]"), over::toString);
            FlowFailedException refused =
                    assertThrows(FlowFailedException.class, () -> runtime.start(streams, "s", 1));
            assertEquals("DUR104", refused.failure().code());
        }
    }
}
