package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRun;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many runs on a real file: what those cost that wait, and that the file stops growing. {@code
 * -Dflowir.crowd.runs=100000} for as many as the platform promises.
 */
class CrowdTest {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int BATCH = DurableLimits.MAX_BATCH;

    private static final int RUNS = Integer.getInteger("flowir.crowd.runs", 20_000);

    /** Of the memory for each: the goal of the platform. */
    private static final long MOST_BYTES = 2048;

    /** Threads of the store, the carriers of virtual ones and of the JVM itself come and go. */
    private static final int THREADS_OF_OTHERS = 16;

    private static final Flow<String, String> NAP =
            Flow.define(
                    "nap",
                    "1.0.0",
                    String.class,
                    (g, in) -> g.then(in, Waits.sleep("nap", String.class, Duration.ofDays(1))));

    private static final Flow<String, String> ASK =
            Flow.define(
                    "ask",
                    "1.0.0",
                    String.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Waits.signal(
                                            "asked",
                                            String.class,
                                            String.class,
                                            "answer",
                                            Duration.ofDays(30))));

    private static final Node<Integer, Integer> CALL =
            Node.effect(
                    "call",
                    Integer.class,
                    Integer.class,
                    Outside.TOKEN,
                    (outside, n, context) -> outside.call(context, n));

    private static final Flow<Integer, Integer> THREE =
            Flow.define(
                    "three",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(g.then(in, CALL), CALL.named("two")),
                                    CALL.named("three")));

    private final TestClock clock = new TestClock();

    @TempDir Path folder;

    private static <I> void start(
            DurableRuntime runtime, Flow<I, ?> flow, String prefix, int count, I input) {
        for (int i = 0; i < count; i += BATCH) {
            Map<String, I> inputs = new LinkedHashMap<>();
            for (int k = i; k < i + BATCH; k++) {
                inputs.put(prefix + k, input);
            }
            assertEquals(BATCH, runtime.startAll(flow, inputs).size());
        }
    }

    private static long heapBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long count(Store store, RunState state) {
        return store.read(tx ->
                tx.first(
                                "SELECT count(*) FROM flowir_durable_runs WHERE state = ?",
                                row -> row.getLong(1),
                                state.code())
                        .orElseThrow());
    }

    @Test
    void wf43_runsThatWaitHoldNoThreadAndHardlyAnyMemoryAndAllOfThemWake() throws Exception {
        try (Store store = Store.open(folder.resolve("crowd.db"), StoreOptions.defaults());
                DurableRuntime runtime =
                        DurableRuntime.on(store)
                                .flows(NAP, ASK)
                                .time(new VirtualTime(clock))
                                .open()) {
            start(runtime, NAP, "warm", BATCH, "x");
            assertTrue(runtime.awaitIdle(PATIENCE));
            long heap = heapBytes();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            start(runtime, NAP, "nap", RUNS / 2, "x");
            start(runtime, ASK, "ask", RUNS / 2, "x");
            assertTrue(runtime.awaitIdle(PATIENCE));
            assertEquals(0, runtime.loaded());
            assertEquals(RUNS + BATCH, count(store, RunState.WAITING));
            long each = (heapBytes() - heap) / RUNS;
            assertTrue(each <= MOST_BYTES, each + " bytes for each run that waits");
            int more = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
            assertTrue(more <= THREADS_OF_OTHERS, more + " threads more than before");

            for (int k = 0; k < RUNS / 2; k += RUNS / 200) {
                runtime.signal("ask" + k, "answer", "yes");
                DurableRun<String> run = runtime.start(ASK, "ask" + k, "x");
                assertEquals(Optional.of(new Result.Value<>("yes")), run.await(PATIENCE));
            }
            clock.advance(Duration.ofDays(1));
            assertTrue(runtime.awaitIdle(PATIENCE));
            assertEquals(BATCH + RUNS / 2 + 100, count(store, RunState.COMPLETED));
            assertEquals(RUNS / 2 - 100, count(store, RunState.WAITING));
        }
    }

    /**
     * Of the database, those that are only in its log included. The log itself is as long as what
     * came since it was last emptied, so its length says nothing.
     */
    private static long pages(Store store) {
        return store.read(tx ->
                        tx.first("SELECT page_count FROM pragma_page_count", row -> row.getLong(1)))
                .orElseThrow();
    }

    @Test
    void theFileStopsGrowingWhenAsManyRunsAreForgottenAsBegin() throws Exception {
        try (Store store = Store.open(folder.resolve("day.db"), StoreOptions.defaults());
                DurableRuntime runtime =
                        DurableRuntime.on(store)
                                .flows(THREE)
                                .capabilities(Capabilities.of(new Outside()))
                                .limits(DurableLimits.defaults().withRetention(Duration.ofHours(3)))
                                .time(new VirtualTime(clock))
                                .open()) {
            long afterSix = 0;
            for (int hour = 1; hour <= 24; hour++) {
                start(runtime, THREE, "h" + hour + "-", 2 * BATCH, 1);
                assertTrue(runtime.awaitIdle(PATIENCE));
                for (int quarter = 0; quarter < 4; quarter++) {
                    clock.advance(Duration.ofMinutes(15));
                    assertTrue(runtime.awaitIdle(PATIENCE));
                }
                if (hour == 6) {
                    afterSix = pages(store);
                }
            }
            long kept = count(store, RunState.COMPLETED);
            assertTrue(kept <= 4 * 2 * BATCH, kept + " runs are kept");
            long afterDay = pages(store);
            assertTrue(
                    afterDay <= afterSix + afterSix / 4,
                    afterSix + " pages after six hours, " + afterDay + " after a day");
        }
    }
}
