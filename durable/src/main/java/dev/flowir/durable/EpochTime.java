package dev.flowir.durable;

import dev.flowir.kernel.host.TimeSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The world's clock in nanoseconds since 1970, and one daemon thread for timers. The clock may
 * jump: a timer looks at it at least once a minute.
 */
final class EpochTime implements TimeSource, AutoCloseable {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long LONGEST_NAP_NANOS = 60 * NANOS_PER_SECOND;

    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor timers;

    EpochTime(InstantSource clock) {
        this.clock = clock;
        this.timers =
                new ScheduledThreadPoolExecutor(
                        1,
                        task ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("flowir-durable-timers")
                                        .unstarted(task));
        timers.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    @Override
    public Timer schedule(long atNanos, Runnable task) {
        Nap nap = new Nap(atNanos, task);
        nap.sleep();
        return nap;
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }

    private final class Nap implements Timer, Runnable {

        private final long atNanos;
        private final Runnable task;
        private final AtomicReference<Future<?>> next = new AtomicReference<>();
        private volatile boolean cancelled;

        Nap(long atNanos, Runnable task) {
            this.atNanos = atNanos;
            this.task = task;
        }

        void sleep() {
            long left = Math.min(atNanos - nanos(), LONGEST_NAP_NANOS);
            try {
                next.set(timers.schedule(this, left, TimeUnit.NANOSECONDS));
            } catch (RejectedExecutionException closed) {
                cancelled = true; // the runtime is closed: whoever opens it again sets it again
            }
        }

        @Override
        public void run() {
            if (cancelled) {
                return;
            }
            if (nanos() < atNanos) {
                sleep();
            } else {
                task.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            Future<?> future = next.get();
            if (future != null) {
                future.cancel(false);
            }
        }
    }
}
