package dev.flowir.limit;

import java.time.Duration;

/**
 * Gives permits from one bucket for each key. A bucket holds a burst of permits and is filled
 * evenly. A call is refused with {@link dev.flowir.kernel.cap.StaleAttemptException} when the
 * attempt it was made for was given up. Thread-safe.
 */
public interface RateLimiter {

    /** How a question for permits ended. */
    sealed interface Answer {}

    /** The permits are the caller's. */
    record Granted() implements Answer {}

    /**
     * There were not enough; none was taken.
     *
     * @param retryAfter time until there are, if nobody else takes them; positive
     */
    record Refused(Duration retryAfter) implements Answer {}

    /**
     * Takes a permit if there is one now.
     *
     * @param key whose bucket: 1 to 512 bytes of UTF-8
     * @return granted, or refused with the time until there is one
     * @throws LimitException when the key is none
     */
    default Answer tryTake(String key) {
        return tryTake(key, 1);
    }

    /**
     * Takes permits if there are as many now.
     *
     * @param key whose bucket: 1 to 512 bytes of UTF-8
     * @param permits 1 to the bucket's burst
     * @return granted, or refused with the time until there are
     * @throws LimitException when the key or the number is none
     */
    Answer tryTake(String key, int permits);

    /**
     * Takes a permit, and waits for it where it will be there in time.
     *
     * @param key whose bucket: 1 to 512 bytes of UTF-8
     * @param atMost the longest wait; the run's deadline and an hour are limits too
     * @throws LimitException {@link LimitFault#EXCEEDED} at once, without waiting, when it would
     *     take longer
     * @throws InterruptedException when interrupted while waiting; the permit is given back
     */
    default void take(String key, Duration atMost) throws InterruptedException {
        take(key, 1, atMost);
    }

    /**
     * Takes permits, and waits for them where they will be there in time. Who asked first is served
     * first.
     *
     * @param key whose bucket: 1 to 512 bytes of UTF-8
     * @param permits 1 to the bucket's burst
     * @param atMost the longest wait; the run's deadline and an hour are limits too. Inside a
     *     transaction of the store that keeps the buckets nobody waits
     * @throws LimitException {@link LimitFault#EXCEEDED} at once, without waiting, when it would
     *     take longer
     * @throws InterruptedException when interrupted while waiting; the permits are given back
     */
    void take(String key, int permits, Duration atMost) throws InterruptedException;
}
