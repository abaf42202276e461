package dev.flowir.wasm;

import java.time.Duration;
import java.util.Optional;

/**
 * How a worker takes messages of a queue. Every number is written into the worker's configuration,
 * because the platform and its local simulator differ in what they take when nothing is said.
 *
 * @param maxBatchSize messages handed over at once, 1 to 100
 * @param maxBatchTimeout how long a batch waits to be full, at most 60 s
 * @param maxRetries deliveries after the first, 0 to 100
 * @param retryDelay time before a message comes again, at most 24 h
 * @param longestDelay that time is doubled after each delivery up to this, at most 24 h; the same
 *     as {@code retryDelay} where it does not grow
 * @param deadLetters queue for messages whose last delivery failed; without one they are gone
 */
public record EdgeConsumer(
        int maxBatchSize,
        Duration maxBatchTimeout,
        int maxRetries,
        Duration retryDelay,
        Duration longestDelay,
        Optional<String> deadLetters) {

    private static final int MAX_BATCH = 100;
    private static final int MAX_RETRIES = 100;
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration MAX_DELAY = Duration.ofHours(24);

    /**
     * What the platform takes in production: 10 messages, 5 s, 3 retries at once, no dead letters.
     */
    public static final EdgeConsumer DEFAULT =
            new EdgeConsumer(
                    10, Duration.ofSeconds(5), 3, Duration.ZERO, Duration.ZERO, Optional.empty());

    /** Refuses what the platform would refuse. */
    public EdgeConsumer {
        check(maxBatchSize >= 1 && maxBatchSize <= MAX_BATCH, "a batch has 1 to 100 messages");
        check(within(maxBatchTimeout, MAX_TIMEOUT), "a batch waits 0 to 60 s");
        check(maxRetries >= 0 && maxRetries <= MAX_RETRIES, "there are 0 to 100 retries");
        check(within(retryDelay, MAX_DELAY), "a retry waits 0 s to 24 h");
        check(
                within(longestDelay, MAX_DELAY) && longestDelay.compareTo(retryDelay) >= 0,
                "the longest wait before a retry is no shorter than the first, at most 24 h");
    }

    private static boolean within(Duration time, Duration most) {
        return !time.isNegative() && time.compareTo(most) <= 0;
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /**
     * The same with other batches.
     *
     * @param size messages at most
     * @param timeout how long they wait for each other
     * @return further options
     */
    public EdgeConsumer batches(int size, Duration timeout) {
        return new EdgeConsumer(size, timeout, maxRetries, retryDelay, longestDelay, deadLetters);
    }

    /**
     * The same with other retries.
     *
     * @param most deliveries after the first
     * @param delay time before each
     * @return further options
     */
    public EdgeConsumer retries(int most, Duration delay) {
        return new EdgeConsumer(maxBatchSize, maxBatchTimeout, most, delay, delay, deadLetters);
    }

    /**
     * The same with a time before retries that is doubled after each delivery.
     *
     * @param longest what it grows to
     * @return further options
     */
    public EdgeConsumer growingTo(Duration longest) {
        return new EdgeConsumer(
                maxBatchSize, maxBatchTimeout, maxRetries, retryDelay, longest, deadLetters);
    }

    /** Seconds before a message comes again that was delivered so often. */
    long delaySeconds(int deliveries) {
        long seconds = seconds(retryDelay);
        long longest = seconds(longestDelay);
        for (int i = 1; i < deliveries && seconds < longest; i++) {
            seconds = Math.min(longest, Math.max(1, 2 * seconds));
        }
        return seconds;
    }

    private static long seconds(Duration time) {
        return time.toMillis() / 1000;
    }

    /**
     * The same with a queue for dead letters.
     *
     * @param queue its name
     * @return further options
     */
    public EdgeConsumer deadLetters(String queue) {
        return new EdgeConsumer(
                maxBatchSize,
                maxBatchTimeout,
                maxRetries,
                retryDelay,
                longestDelay,
                Optional.of(queue));
    }
}
