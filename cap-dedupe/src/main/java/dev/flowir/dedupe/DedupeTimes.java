package dev.flowir.dedupe;

import java.time.Duration;

/**
 * How long keys are kept.
 *
 * @param lease from a reservation until others may have the key; longer than the work takes
 * @param keep from a commit until the key is forgotten; longer than duplicates take to come
 */
public record DedupeTimes(Duration lease, Duration keep) {

    /** Shortest time to keep a key, as the reference's message stores have it. */
    public static final Duration MIN_KEEP = Duration.ofMinutes(5);

    /** Longest time to keep a key: a year, and some. */
    public static final Duration MAX_KEEP = Duration.ofDays(400);

    /** Shortest lease: shorter ones would end while a disk is slow. */
    public static final Duration MIN_LEASE = Duration.ofSeconds(1);

    /** A lease of 5 minutes; kept for a day. */
    public static final DedupeTimes DEFAULT =
            new DedupeTimes(Duration.ofMinutes(5), Duration.ofDays(1));

    /** Refuses times out of their bounds. */
    public DedupeTimes {
        between("keep", keep, MIN_KEEP, MAX_KEEP);
        between("lease", lease, MIN_LEASE, keep);
    }

    private static void between(String what, Duration time, Duration least, Duration most) {
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    what + " is from " + least + " to " + most + ", and not " + time);
        }
    }
}
