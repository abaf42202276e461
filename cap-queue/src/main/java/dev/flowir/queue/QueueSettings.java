package dev.flowir.queue;

import dev.flowir.kernel.cap.LimitProfile;
import java.time.Duration;
import java.util.Optional;

/**
 * How a queue behaves. Can be changed while messages wait and handlers run: nothing is lost, and
 * what is in flight ends under the settings it began with.
 *
 * <p>Defaults of {@link LimitProfile#CLOUDFLARE_PROD}: batches of 10 or after 5 s, 3 retries, no
 * delays, 4 days of retention ({@code queues/configuration/batching-retries} and {@code
 * queues/platform/limits} of Cloudflare's documentation). miniflare: batches of 5 or after 1 s, 2
 * retries ({@code src/workers/queues/broker.worker.ts}). Ours: 10 batches at once, and a lease of
 * 15 minutes, which is the longest that production lets a handler run.
 *
 * @param batching how messages are gathered for a handler
 * @param retries what happens to messages that fail
 * @param deliveryDelay how long messages are invisible after a send that says nothing else
 * @param retention how long a message may wait before it expires
 * @param bound how much may wait, and what a full queue does
 * @param lease how long a handler may hold a batch; then it is interrupted, its acknowledgements
 *     are refused, and the messages are delivered again
 * @param maxConcurrency batches that are handled at once
 */
public record QueueSettings(
        Batching batching,
        Retries retries,
        Duration deliveryDelay,
        Duration retention,
        Bound bound,
        Duration lease,
        int maxConcurrency) {

    /**
     * How messages are gathered: a batch is handed over when it is full or its first message has
     * waited long enough, whichever comes first. It may be smaller than asked for.
     *
     * @param maxSize messages in a full batch
     * @param timeout longest wait of the first message
     * @param onFailure how messages of a batch whose handler threw are delivered again
     */
    public record Batching(int maxSize, Duration timeout, OnFailure onFailure) {}

    /** How messages of a batch whose handler threw are delivered again. */
    public enum OnFailure {
        /** One by one, so that a poison message takes no others with it. */
        ISOLATE,
        /** In batches, as Cloudflare does. */
        TOGETHER
    }

    /**
     * What happens to messages that fail.
     *
     * @param maxRetries retries after the first delivery: N means at most N+1 deliveries
     * @param delay time until the next delivery, where the handler says nothing else
     * @param deadLetters where messages go after the last; empty: they are dropped and counted
     */
    public record Retries(int maxRetries, Duration delay, Optional<DeadLetters> deadLetters) {}

    /**
     * Where messages go that are given up.
     *
     * @param queue name of the dead-letter queue, an ordinary queue
     * @param ifMissing what to do when there is no such queue
     */
    public record DeadLetters(String queue, IfMissing ifMissing) {}

    /** What to do when a dead-letter queue is not there. */
    public enum IfMissing {
        /** Refuse the settings. */
        REFUSE,
        /** Make it, with default settings. */
        CREATE
    }

    /** The defaults of Cloudflare's production. */
    private static final QueueSettings CLOUDFLARE =
            new QueueSettings(
                    new Batching(10, Duration.ofSeconds(5), OnFailure.ISOLATE),
                    new Retries(3, Duration.ZERO, Optional.empty()),
                    Duration.ZERO,
                    Duration.ofDays(4),
                    Bound.none(),
                    Duration.ofMinutes(15),
                    10);

    /**
     * The defaults of a profile.
     *
     * @param profile its name
     * @return its settings; those of {@link LimitProfile#UNBOUNDED} are Cloudflare's too
     */
    public static QueueSettings of(LimitProfile profile) {
        return switch (profile) {
            case CLOUDFLARE_PROD, UNBOUNDED -> CLOUDFLARE;
            case MINIFLARE -> CLOUDFLARE.batches(5, Duration.ofSeconds(1)).maxRetries(2);
        };
    }

    /**
     * The defaults of Cloudflare's production.
     *
     * @return the settings
     */
    public static QueueSettings defaults() {
        return CLOUDFLARE;
    }

    /**
     * Other batches.
     *
     * @param maxSize messages in a full batch
     * @param timeout longest wait of the first message
     * @return the settings with it
     */
    public QueueSettings batches(int maxSize, Duration timeout) {
        return with(new Batching(maxSize, timeout, batching.onFailure()));
    }

    /**
     * Another way to deliver again what was in a failed batch.
     *
     * @param onFailure the way
     * @return the settings with it
     */
    public QueueSettings onFailure(OnFailure onFailure) {
        return with(new Batching(batching.maxSize(), batching.timeout(), onFailure));
    }

    private QueueSettings with(Batching newBatching) {
        return new QueueSettings(
                newBatching, retries, deliveryDelay, retention, bound, lease, maxConcurrency);
    }

    /**
     * Another number of retries.
     *
     * @param maxRetries retries after the first delivery
     * @return the settings with it
     */
    public QueueSettings maxRetries(int maxRetries) {
        return with(new Retries(maxRetries, retries.delay(), retries.deadLetters()));
    }

    /**
     * Another delay of retries.
     *
     * @param delay time until the next delivery
     * @return the settings with it
     */
    public QueueSettings retryDelay(Duration delay) {
        return with(new Retries(retries.maxRetries(), delay, retries.deadLetters()));
    }

    /**
     * Another dead-letter queue, which must exist.
     *
     * @param queue its name
     * @return the settings with it
     */
    public QueueSettings deadLetterQueue(String queue) {
        return deadLetters(new DeadLetters(queue, IfMissing.REFUSE));
    }

    /**
     * Another place for messages that are given up.
     *
     * @param deadLetters the place
     * @return the settings with it
     */
    public QueueSettings deadLetters(DeadLetters deadLetters) {
        return with(new Retries(retries.maxRetries(), retries.delay(), Optional.of(deadLetters)));
    }

    private QueueSettings with(Retries newRetries) {
        return new QueueSettings(
                batching, newRetries, deliveryDelay, retention, bound, lease, maxConcurrency);
    }

    /**
     * Another delay of sends.
     *
     * @param delay how long messages are invisible after a send that says nothing else
     * @return the settings with it
     */
    public QueueSettings deliveryDelay(Duration delay) {
        return new QueueSettings(batching, retries, delay, retention, bound, lease, maxConcurrency);
    }

    /**
     * Another retention.
     *
     * @param time how long a message may wait
     * @return the settings with it
     */
    public QueueSettings retention(Duration time) {
        return new QueueSettings(
                batching, retries, deliveryDelay, time, bound, lease, maxConcurrency);
    }

    /**
     * Another bound.
     *
     * @param newBound how much may wait
     * @return the settings with it
     */
    public QueueSettings bound(Bound newBound) {
        return new QueueSettings(
                batching, retries, deliveryDelay, retention, newBound, lease, maxConcurrency);
    }

    /**
     * Another lease.
     *
     * @param time how long a handler may hold a batch
     * @return the settings with it
     */
    public QueueSettings lease(Duration time) {
        return new QueueSettings(
                batching, retries, deliveryDelay, retention, bound, time, maxConcurrency);
    }

    /**
     * Another concurrency.
     *
     * @param batches batches that are handled at once
     * @return the settings with it
     */
    public QueueSettings maxConcurrency(int batches) {
        return new QueueSettings(
                batching, retries, deliveryDelay, retention, bound, lease, batches);
    }
}
