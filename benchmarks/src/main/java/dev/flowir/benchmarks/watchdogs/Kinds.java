package dev.flowir.benchmarks.watchdogs;

import dev.flowir.kernel.exec.SystemTime;
import dev.flowir.kernel.host.Limits;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;

/** The timers that are compared. */
final class Kinds {

    private Kinds() {}

    private static void fired() {
        throw new IllegalStateException("an alarm of an hour fired");
    }

    /** The limits of a runtime, which is told the time with each event. */
    static final class Ours implements Numbers {
        private final SystemTime time = new SystemTime();
        private final Limits limits = time.limits((first, second) -> fired());

        @Override
        public long arm(long nowNanos, long delayNanos) {
            return limits.arm(nowNanos, delayNanos, 0, 0);
        }

        @Override
        public void cancel(long alarm) {
            limits.cancel(alarm);
        }

        @Override
        public void close() {
            time.close();
        }
    }

    /** The JDK's heap of tasks. */
    static final class Scheduled implements Alarms<Future<?>> {
        private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);

        Scheduled() {
            timers.setRemoveOnCancelPolicy(true);
        }

        @Override
        public Future<?> arm(long delayNanos) {
            return timers.schedule(Kinds::fired, delayNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void cancel(Future<?> alarm) {
            alarm.cancel(false);
        }

        @Override
        public void close() {
            timers.shutdownNow();
        }
    }

    /** Netty's wheel, with a thread that turns it. */
    static final class Wheel implements Alarms<Timeout> {
        private final HashedWheelTimer timer = new HashedWheelTimer();

        @Override
        public Timeout arm(long delayNanos) {
            return timer.newTimeout(timeout -> fired(), delayNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void cancel(Timeout alarm) {
            alarm.cancel();
        }

        @Override
        public void close() {
            timer.stop();
        }
    }

    /** Agrona's wheel, for one thread, which is told the time too. */
    static final class Deadlines implements Numbers {
        private static final long TICK_NANOS = 1 << 20;
        private static final int TICKS = 1024;
        private final DeadlineTimerWheel wheel =
                new DeadlineTimerWheel(TimeUnit.NANOSECONDS, System.nanoTime(), TICK_NANOS, TICKS);

        @Override
        public long arm(long nowNanos, long delayNanos) {
            return wheel.scheduleTimer(nowNanos + delayNanos);
        }

        @Override
        public void cancel(long alarm) {
            wheel.cancelTimer(alarm);
        }

        @Override
        public void close() {
            wheel.clear();
        }
    }

    /** The JDK's futures with a time limit. */
    static final class Futures implements Alarms<CompletableFuture<String>> {

        @Override
        public CompletableFuture<String> arm(long delayNanos) {
            return new CompletableFuture<String>().orTimeout(delayNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void cancel(CompletableFuture<String> alarm) {
            alarm.complete("in time");
        }

        @Override
        public void close() {
            // each limit goes when its future is complete
        }
    }
}
