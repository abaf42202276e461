package dev.flowir.kernel.host;

/**
 * Where time comes from: a monotonic clock and the timers that go with it. The one of the JVM is
 * used unless a test brings another.
 */
public interface TimeSource {

    /** A timer that was scheduled. */
    interface Timer {
        /** Forgets the timer; does nothing when it ran or runs. */
        void cancel();
    }

    /** {@return nanoseconds of a clock that never goes back; only differences mean anything} */
    long nanos();

    /** {@return nanoseconds since 1970 when {@link #nanos} was, or would have been, zero} */
    default long epochNanos() {
        return 0;
    }

    /**
     * Runs {@code task} once, not before {@code atNanos}.
     *
     * @param atNanos time on the clock of {@link #nanos}; a past time means now
     * @param task must be quick: all tasks share one thread
     * @return the timer
     */
    Timer schedule(long atNanos, Runnable task);

    /**
     * Runs {@code task} once when a time of a length that is used again and again has passed: a
     * limit, which is seldom reached. The same as {@link #schedule} unless a clock knows better.
     *
     * @param fromNanos when the time began, on the clock of {@link #nanos}
     * @param lengthNanos how long it is, at least 1
     * @param task must be quick: all tasks share one thread
     * @return the timer
     */
    default Timer arm(long fromNanos, long lengthNanos, Runnable task) {
        return schedule(fromNanos + lengthNanos, task);
    }

    /**
     * Limits on this clock: timers of which nearly none passes. Each is a timer of its own unless a
     * clock knows better.
     *
     * @param passed who is told when one passes; must be quick: all share one thread
     * @return the limits
     */
    default Limits limits(Limits.Passed passed) {
        return new TimerLimits(this, passed);
    }
}
