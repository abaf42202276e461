package dev.flowir.benchmarks.durable;

import dev.flowir.benchmarks.processes.Heap;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** Figures of durable runs that no peer has: bytes, waiting runs, recovery. */
final class Own {

    private static final int BATCH = 100;

    private Own() {}

    /** Bytes of the journal for a step besides its payload. */
    static double bytesPerStep(Path file) throws Exception {
        int runs = 200;
        try (Store store = Store.open(file, StoreOptions.defaults());
                DurableRuntime runtime = Chains.open(store)) {
            for (int i = 0; i < runs; i++) {
                runtime.start(Chains.CHAIN, "r" + i, Chains.PAYLOAD).await();
            }
            long bytes =
                    store.read(tx ->
                            tx.first(
                                            "SELECT sum(length(bytes)) FROM flowir_durable_records",
                                            row -> row.getLong(1))
                                    .orElseThrow());
            return (double) bytes / (runs * (Chains.STEPS + 1L)) - Chains.PAYLOAD.length() - 2;
        }
    }

    /**
     * Of runs that wait.
     *
     * @param heapBytes of each
     * @param threads more than before
     * @param nanos to put all of them to sleep
     */
    record Asleep(double heapBytes, int threads, long nanos) {}

    static Asleep asleep(Path file, int count) {
        try (Store store = Store.open(file, StoreOptions.defaults());
                DurableRuntime runtime = Chains.open(store)) {
            runtime.start(Chains.NAP, "warm", "x");
            long before = Heap.usedBytes();
            int threads = Thread.activeCount();
            long began = System.nanoTime();
            for (int i = 0; i < count; i += BATCH) {
                runtime.startAll(Chains.NAP, batch(i, "x"));
            }
            long nanos = System.nanoTime() - began;
            double each = (double) (Heap.usedBytes() - before) / count;
            return new Asleep(each, Thread.activeCount() - threads, nanos);
        }
    }

    /** Time in which so many runs that were in their third step are begun again. */
    static long recoveryNanos(Path file, int count) throws Exception {
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            CountDownLatch third = new CountDownLatch(count);
            CountDownLatch ended = new CountDownLatch(count);
            Map<String, Integer> steps = new ConcurrentHashMap<>();
            DurableRuntime first =
                    Chains.open(
                            store,
                            context -> {
                                if (steps.merge(context.runId(), 1, Integer::sum) == 3) {
                                    stand(third, ended);
                                }
                                return Chains.PAYLOAD;
                            },
                            task -> Thread.ofVirtual().start(task));
            for (int i = 0; i < count; i += BATCH) {
                first.startAll(Chains.CHAIN, batch(i, Chains.PAYLOAD));
            }
            third.await();
            first.kill();
            ended.await(); // nothing of a process that was killed is at work any more
            Recovering recovering = new Recovering(count);
            long began = System.nanoTime();
            DurableRuntime second = Chains.open(store, context -> Chains.PAYLOAD, recovering);
            recovering.begun.await();
            long nanos = System.nanoTime() - began;
            second.kill();
            return nanos;
        }
    }

    /** Keeps a step from ending until its thread is interrupted. */
    private static void stand(CountDownLatch here, CountDownLatch ended)
            throws InterruptedException {
        here.countDown();
        try {
            new CountDownLatch(1).await(); // one for each: thousands cannot leave one quickly
        } finally {
            ended.countDown();
        }
    }

    private static Map<String, String> batch(int first, String input) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (int k = first; k < first + BATCH; k++) {
            inputs.put("r" + k, input);
        }
        return inputs;
    }

    /** Runs what recovers, and drops the steps that follow: they are not what is measured. */
    private static final class Recovering implements Executor {

        /** Tasks of a runtime that opens: as many as it brings in at a time, and two for rows. */
        private int opening = 256 + 2;

        final CountDownLatch begun;

        Recovering(int runs) {
            this.begun = new CountDownLatch(runs);
        }

        @Override
        public synchronized void execute(Runnable task) {
            if (opening-- > 0) {
                Thread.ofVirtual().start(task);
            } else {
                begun.countDown();
            }
        }
    }
}
