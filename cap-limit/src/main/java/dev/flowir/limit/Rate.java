package dev.flowir.limit;

import java.time.Duration;

/**
 * How fast a bucket is filled and how much it holds.
 *
 * @param permits how many come, evenly, 1 to a million
 * @param per in which time, 1 ms to 365 days; a permit comes every {@code per / permits}
 * @param burst how many a full bucket holds, 1 to a million
 */
public record Rate(int permits, Duration per, int burst) {

    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Refuses numbers that are out of bounds, and buckets that take more than 365 days to fill. */
    public Rate {
        if (permits < 1 || permits > MOST || burst < 1 || burst > MOST) {
            throw new IllegalArgumentException("permits and burst are 1 to " + MOST);
        }
        if (per.toMillis() < 1 || per.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a rate is per 1 ms to 365 days, got " + per);
        }
        if (per.dividedBy(permits).multipliedBy(burst).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a bucket takes more than 365 days to fill");
        }
    }

    /**
     * Evenly, with a bucket that holds as many as come in the time.
     *
     * @param permits how many
     * @param per in which time
     * @return the rate
     */
    public static Rate of(int permits, Duration per) {
        return new Rate(permits, per, permits);
    }

    /** Nanoseconds between two permits. */
    long gapNanos() {
        return per.toNanos() / permits;
    }

    /** Nanoseconds until an empty bucket is full. */
    long roomNanos() {
        return gapNanos() * burst;
    }
}
