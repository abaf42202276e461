package dev.flowir.benchmarks.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Keeps many callers going for a time and counts the steps of its second half. */
public final class Going {

    /** A run, or what stands for one: tells {@code done} of each of its steps. */
    public interface Once {
        /**
         * Does it once.
         *
         * @param done counts what is done
         * @throws Exception when it fails, which ends the measurement
         */
        void run(LongAdder done) throws Exception;
    }

    /**
     * What came of it.
     *
     * @param steps steps that were acknowledged
     * @param nanos in which time
     * @param processorNanos processor time of the process meanwhile
     */
    public record Counted(long steps, long nanos, long processorNanos) {

        /** {@return the line that a process says} */
        public String inWords() {
            return "steps " + steps + " " + nanos + " " + processorNanos;
        }
    }

    private Going() {}

    /**
     * Keeps callers going.
     *
     * @param callers each a virtual thread
     * @param seconds how long; the first half warms up
     * @param once what each does again and again
     * @return what the second half gave
     * @throws InterruptedException when interrupted
     */
    public static Counted on(int callers, int seconds, Once once) throws InterruptedException {
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

    /** {@return processor time of this process until now} */
    public static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
