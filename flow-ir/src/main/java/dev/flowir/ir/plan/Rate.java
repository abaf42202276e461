package dev.flowir.ir.plan;

/**
 * How often bodies of a node may begin: a bucket that holds tokens, of which each attempt takes
 * one.
 *
 * @param surface id of the surface it came from
 * @param tokenNanos time in which a token comes, at least 1
 * @param burst tokens that the bucket holds, at least 1; it begins full
 * @param gapNanos least time between two beginnings; 0 for none
 */
public record Rate(String surface, long tokenNanos, long burst, long gapNanos) {

    private static final long SECOND = 1_000_000_000;

    /** Longest time that a full bucket stands for: so far that sums with a clock fit; 36 years. */
    private static final long MOST_NANOS = Long.MAX_VALUE / 8;

    /** Keeps the numbers where sums of them fit. */
    public Rate {
        tokenNanos = Math.max(1, tokenNanos);
        burst = Math.clamp(burst, 1, Math.max(1, MOST_NANOS / tokenNanos));
    }

    /**
     * {@return a rate}
     *
     * @param surface id of the surface it came from
     * @param perSecond tokens in a second, at least 1; more than a billion count as a billion
     * @param burst tokens that the bucket holds, at least 1
     * @param smoothingMillis time over which a full bucket is spread; 0 for none
     */
    static Rate of(String surface, long perSecond, long burst, long smoothingMillis) {
        long token = SECOND / Math.min(perSecond, SECOND);
        long gap = Math.min(smoothingMillis, MOST_NANOS / 1_000_000) * 1_000_000 / burst;
        return new Rate(surface, token, burst, Math.min(gap, token));
    }
}
