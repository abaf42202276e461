package dev.flowir.queue;

import dev.flowir.kernel.cap.LimitProfile;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Every limit that a broker keeps to. Sources are pages of Cloudflare's documentation; {@code
 * limits} is {@code queues/platform/limits}. miniflare has the same limits; its defaults differ,
 * see {@link QueueSettings#of}.
 *
 * @param maxMessageBytes largest message with its overhead (128 KB of 1000 bytes; limits)
 * @param overheadBytes what a message counts beside its body (about 100; limits)
 * @param maxSendCount most messages of one {@code sendBatch} (100; limits)
 * @param maxSendBytes most bytes of one {@code sendBatch} (256 KB; limits)
 * @param maxDelay longest delay of a send or a retry (24 h; {@code
 *     queues/configuration/batching-retries}; older versions of the page say 12 h)
 * @param minRetention shortest retention (60 s; limits)
 * @param maxRetention longest retention (14 days; limits)
 * @param maxBatchSize most messages of a batch for a consumer (100; {@code
 *     queues/configuration/batching-retries}), pulled ones too
 * @param maxBatchTimeout longest wait for a batch to fill (60 s; same page)
 * @param maxRetries most retries (100; same page)
 * @param maxConcurrency most batches of one consumer at once (250; limits)
 * @param maxLease longest time that a handler may take (15 min of wall time; limits)
 * @param maxVisibility longest lease of a pulled message (12 h; {@code
 *     queues/configuration/pull-consumers})
 * @param sendsPerSecond most messages sent to one queue in a second (5000; limits)
 * @param maxBacklogBytes most bytes in one queue (25 GB; limits)
 * @param maxQueues most queues (10,000 per account; limits)
 */
public record QueueLimits(
        int maxMessageBytes,
        int overheadBytes,
        int maxSendCount,
        long maxSendBytes,
        Duration maxDelay,
        Duration minRetention,
        Duration maxRetention,
        int maxBatchSize,
        Duration maxBatchTimeout,
        int maxRetries,
        int maxConcurrency,
        Duration maxLease,
        Duration maxVisibility,
        OptionalInt sendsPerSecond,
        long maxBacklogBytes,
        int maxQueues) {

    private static final QueueLimits CLOUDFLARE =
            new QueueLimits(
                    128_000,
                    100,
                    100,
                    256_000,
                    Duration.ofHours(24),
                    Duration.ofSeconds(60),
                    Duration.ofDays(14),
                    100,
                    Duration.ofSeconds(60),
                    100,
                    250,
                    Duration.ofMinutes(15),
                    Duration.ofHours(12),
                    OptionalInt.of(5000),
                    25_000_000_000L,
                    10_000);

    private static final Duration TEN_YEARS = Duration.ofDays(3650);

    /** Far enough to be no limit, near enough that no sum overflows. */
    private static final QueueLimits UNBOUNDED =
            new QueueLimits(
                    512 * 1024 * 1024,
                    100,
                    100_000,
                    1024L * 1024 * 1024,
                    TEN_YEARS,
                    Duration.ofMillis(1),
                    TEN_YEARS,
                    100_000,
                    TEN_YEARS,
                    1_000_000,
                    100_000,
                    TEN_YEARS,
                    TEN_YEARS,
                    OptionalInt.empty(),
                    Long.MAX_VALUE / 4,
                    1_000_000);

    /**
     * The limits of a profile.
     *
     * @param profile its name
     * @return its numbers
     */
    public static QueueLimits of(LimitProfile profile) {
        return switch (profile) {
            case CLOUDFLARE_PROD, MINIFLARE -> CLOUDFLARE;
            case UNBOUNDED -> UNBOUNDED;
        };
    }
}
