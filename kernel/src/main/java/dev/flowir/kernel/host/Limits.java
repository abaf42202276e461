package dev.flowir.kernel.host;

/**
 * Time limits: timers that are armed and cancelled all the time and hardly ever pass. A limit is a
 * number and not an object, and what it stands for is two numbers. Safe for many threads.
 */
public interface Limits {

    /** What happens when a limit passes. */
    @FunctionalInterface
    interface Passed {

        /**
         * A limit passed.
         *
         * @param first as it was armed with
         * @param second as it was armed with
         */
        void passed(long first, long second);
    }

    /**
     * Arms a limit. It passes once, not before its time; limits that one thread armed pass in the
     * order in which they are due, those due at the same instant in the order of arming.
     *
     * @param fromNanos when the time began, on the clock that the limits are of
     * @param lengthNanos how long it is, at least 1
     * @param first for whoever is told
     * @param second for whoever is told
     * @return what it is cancelled by
     */
    long arm(long fromNanos, long lengthNanos, long first, long second);

    /**
     * Forgets a limit; does nothing when it passed or was cancelled before.
     *
     * @param limit what {@link #arm} gave
     */
    void cancel(long limit);
}
