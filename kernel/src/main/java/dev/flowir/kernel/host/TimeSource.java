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

    /**
     * Runs {@code task} once, not before {@code atNanos}.
     *
     * @param atNanos time on the clock of {@link #nanos}; a past time means now
     * @param task must be quick: all tasks share one thread
     * @return the timer
     */
    Timer schedule(long atNanos, Runnable task);
}
