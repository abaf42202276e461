package dev.flowir.benchmarks.redis;

import io.lettuce.core.RedisFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Keeps as many calls under way as told, and counts those that end well in a time. */
final class Going {

    private final int underWay;
    private final long end;
    private final LongAdder done = new LongAdder();

    private Going(int underWay, long end) {
        this.underWay = underWay;
        this.end = end;
    }

    /**
     * What came of it.
     *
     * @param perSecond calls in a second
     * @param micros processor time of a call in this process, in microseconds
     */
    record Rate(double perSecond, double micros) {}

    /** Work that calls {@link #pipelined}, {@link #inThreads} or both, or counts by itself. */
    interface Work {
        void on(Going going) throws InterruptedException;
    }

    static Rate measured(int underWay, double seconds, Work work) throws InterruptedException {
        long processor = processorNanos();
        long began = System.nanoTime();
        Going going = new Going(underWay, began + (long) (seconds * 1e9));
        work.on(going);
        double took = System.nanoTime() - began;
        double calls = Math.max(1, going.done.sum());
        return new Rate(calls * 1e9 / took, (processorNanos() - processor) / 1e3 / calls);
    }

    /** The same for the same time, with a count of its own. */
    Going beside() {
        return new Going(underWay, end);
    }

    boolean isOn() {
        return System.nanoTime() < end;
    }

    void count(long calls) {
        done.add(calls);
    }

    /** Sends from this thread without waiting, with {@link #underWay} answers due at most. */
    void pipelined(Supplier<RedisFuture<?>> send) throws InterruptedException {
        Semaphore window = new Semaphore(underWay);
        while (isOn()) {
            window.acquire();
            send.get()
                    .whenComplete((value, failure) -> {
                        window.release();
                        if (failure == null) {
                            done.increment();
                        }
                    });
        }
        window.acquire(underWay);
    }

    /** Calls from a virtual thread for each that is under way, as the bodies of nodes do. */
    void inThreads(Runnable call) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < underWay; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        while (isOn()) {
                            call.run();
                            done.increment();
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
