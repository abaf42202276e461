package dev.flowir.kernel.host;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Limits of a clock that knows nothing better than a timer for each. */
final class TimerLimits implements Limits {

    private static final TimeSource.Timer PASSED = () -> {};

    private final TimeSource time;
    private final Passed passed;
    private final AtomicLong last = new AtomicLong();
    private final ConcurrentHashMap<Long, TimeSource.Timer> timers = new ConcurrentHashMap<>();

    TimerLimits(TimeSource time, Passed passed) {
        this.time = time;
        this.passed = passed;
    }

    @Override
    public long arm(long fromNanos, long lengthNanos, long first, long second) {
        long limit = last.incrementAndGet();
        TimeSource.Timer timer =
                time.schedule(fromNanos + lengthNanos, () -> pass(limit, first, second));
        if (timers.putIfAbsent(limit, timer) != null) { // it passed before it was put down
            timers.remove(limit);
        }
        return limit;
    }

    private void pass(long limit, long first, long second) {
        if (timers.putIfAbsent(limit, PASSED) != null) {
            timers.remove(limit);
        }
        passed.passed(first, second);
    }

    @Override
    public void cancel(long limit) {
        TimeSource.Timer timer = timers.remove(limit);
        if (timer != null) {
            timer.cancel();
        }
    }
}
