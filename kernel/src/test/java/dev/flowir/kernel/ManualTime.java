package dev.flowir.kernel;

import dev.flowir.kernel.host.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A clock that stands still until it is moved on. */
final class ManualTime implements TimeSource {

    private record Scheduled(long atNanos, long order, Runnable task) {}

    private final PriorityQueue<Scheduled> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Scheduled::atNanos)
                            .thenComparingLong(Scheduled::order));
    private long now = 1_000_000_000;
    private long order;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized Timer schedule(long atNanos, Runnable task) {
        Scheduled scheduled = new Scheduled(atNanos, order++, task);
        timers.add(scheduled);
        notifyAll();
        return () -> cancel(scheduled);
    }

    private synchronized void cancel(Scheduled scheduled) {
        timers.remove(scheduled);
    }

    synchronized int armed() {
        return timers.size();
    }

    /** Waits until {@code count} timers are armed. */
    synchronized void awaitArmed(int count) throws InterruptedException {
        while (timers.size() < count) {
            wait();
        }
    }

    /** Moves the clock on and runs what came due, in order. */
    void advance(Duration by) {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            now += by.toNanos();
            while (!timers.isEmpty() && timers.peek().atNanos() <= now) {
                due.add(timers.remove().task());
            }
        }
        due.forEach(Runnable::run);
    }
}
