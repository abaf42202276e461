package dev.flowir.kernel.cap;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's clock, and one daemon thread for all alarms. */
final class SystemTimeline implements Timeline {

    /** Shared by all: its thread ends only with the process. */
    static final SystemTimeline SHARED = new SystemTimeline();

    private final ScheduledThreadPoolExecutor alarms = alarms();

    private SystemTimeline() {}

    private static ScheduledThreadPoolExecutor alarms() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        work -> Thread.ofPlatform().daemon().name("flowir-alarms").unstarted(work));
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Runnable schedule(Duration delay, Runnable action) {
        long millis = Math.max(0, delay.toMillis());
        Future<?> alarm = alarms.schedule(action, millis, TimeUnit.MILLISECONDS);
        return () -> alarm.cancel(false);
    }
}
