package dev.flowir.cache;

import java.time.Duration;

/**
 * How much is kept, and how long.
 *
 * @param maxEntries most answers at the same time, 1 to 10 million; those that are seldom asked for
 *     go first
 * @param kept how long an answer is good, 1 ms to 365 days
 */
public record CacheBounds(int maxEntries, Duration kept) {

    private static final int MOST_ENTRIES = 10_000_000;
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Refuses numbers that are out of bounds. */
    public CacheBounds {
        if (maxEntries < 1 || maxEntries > MOST_ENTRIES) {
            throw new IllegalArgumentException("maxEntries is 1 to " + MOST_ENTRIES);
        }
        if (kept.toMillis() < 1 || kept.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("answers are kept for 1 ms to 365 days");
        }
    }

    /**
     * Bounds.
     *
     * @param maxEntries most answers at the same time
     * @param kept how long an answer is good
     * @return the bounds
     */
    public static CacheBounds of(int maxEntries, Duration kept) {
        return new CacheBounds(maxEntries, kept);
    }
}
