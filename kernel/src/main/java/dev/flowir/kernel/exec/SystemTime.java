package dev.flowir.kernel.exec;

import dev.flowir.kernel.host.Limits;
import dev.flowir.kernel.host.TimeSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The JVM's clock. Limits, of which hardly any passes, are {@link LimitColumns}; waits of a few
 * lengths, which do end, are in {@link Timeouts}; other timers in a heap. A daemon thread for each
 * of the three, started when first needed.
 */
public final class SystemTime implements TimeSource, AutoCloseable {

    private final ScheduledThreadPoolExecutor timers;

    /** Read once: a clock that somebody sets does not move windows that are open. */
    private final long epochNanos =
            TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();

    private final Timeouts timeouts = new Timeouts();
    private final List<LimitColumns> limits = new CopyOnWriteArrayList<>();

    /** Starts no thread before the first timer. */
    public SystemTime() {
        timers =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> Thread.ofPlatform().daemon().name("flowir-timers").unstarted(task));
        timers.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long epochNanos() {
        return epochNanos;
    }

    @Override
    public Timer arm(long fromNanos, long lengthNanos, Runnable task) {
        Timer timer = timeouts.arm(fromNanos, lengthNanos, task);
        return timer == null ? schedule(fromNanos + lengthNanos, task) : timer;
    }

    /**
     * Asks for bodies to be run where it is asked: true on a thread that tells of a timer in time,
     * and that another looks after.
     */
    boolean mayRunBodies() {
        return timeouts.mayRunBodies();
    }

    @Override
    public Timer schedule(long atNanos, Runnable task) {
        Future<?> future;
        try {
            future = timers.schedule(task, atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return () -> {}; // the runtime is closed: nothing is left that could come too late
        }
        return () -> future.cancel(false);
    }

    @Override
    public Limits limits(Limits.Passed passed) {
        LimitColumns made = new LimitColumns(passed);
        limits.add(made);
        return made;
    }

    @Override
    public void close() {
        timers.shutdownNow();
        timeouts.close();
        limits.forEach(LimitColumns::close);
    }
}
