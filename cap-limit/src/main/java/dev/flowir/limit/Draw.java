package dev.flowir.limit;

import java.time.Duration;

/**
 * What becomes of a bucket when somebody asks for permits: the generic cell rate algorithm (ITU-T
 * I.371, virtual scheduling). All that is known of a bucket is when it will be full again.
 *
 * @param fullAtNanos when it will be, with the permits taken
 * @param waitNanos how long until they are there; zero when they are
 */
record Draw(long fullAtNanos, long waitNanos) {

    /** Nobody waits longer. So a clock that was put back holds a bucket up no longer either. */
    static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /**
     * Asks.
     *
     * @param rate of the bucket
     * @param fullAtNanos when it is full if nobody takes anything; a past time is now
     * @param nowNanos on the same clock
     * @param permits how many, no more than the burst
     */
    static Draw of(Rate rate, long fullAtNanos, long nowNanos, int permits) {
        long latest = nowNanos + rate.roomNanos() + LONGEST_WAIT.toNanos();
        long from = Math.max(nowNanos, Math.min(fullAtNanos, latest));
        long next = from + permits * rate.gapNanos();
        return new Draw(next, Math.max(0, next - rate.roomNanos() - nowNanos));
    }
}
