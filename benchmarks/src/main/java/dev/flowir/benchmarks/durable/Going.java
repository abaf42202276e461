package dev.flowir.benchmarks.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Keeps many callers going for a time and counts the steps of its second half. */
final class Going {

    /** A run, or what stands for one: tells {@code done} of each of its steps. */
    interface Once {
        void run(LongAdder done) throws Exception;
    }

    /**
     * What came of it.
     *
     * @param steps steps that were acknowledged
     * @param nanos in which time
     * @param processorNanos processor time of the process meanwhile
     */
    record Counted(long steps, long nanos, long processorNanos) {}

    private Going() {}

    static Counted on(int callers, int seconds, Once once) throws InterruptedException {
        LongAdder done = new LongAdder();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            all.add(Thread.ofVirtual().start(() -> repeat(end, once, done)));
        }
        Thread.sleep(seconds * 500L);
        long before = done.sum();
        long processor = processorNanos();
        long began = System.nanoTime();
        Thread.sleep(seconds * 500L);
        Counted counted =
                new Counted(
                        done.sum() - before,
                        System.nanoTime() - began,
                        processorNanos() - processor);
        for (Thread each : all) {
            each.join();
        }
        return counted;
    }

    private static void repeat(long end, Once once, LongAdder done) {
        while (System.nanoTime() < end) {
            try {
                once.run(done);
            } catch (Exception broken) {
                throw new IllegalStateException("a contender failed", broken);
            }
        }
    }

    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
