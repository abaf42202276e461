package dev.flowir.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes messages under leases instead of being called. Never waits: an empty queue gives an empty
 * list. Closing it frees the queue for another consumer; leases stay. Thread-safe.
 */
public interface PullConsumer extends AutoCloseable {

    /** Messages of a pull that says nothing else (Cloudflare, {@code pull-consumers}). */
    int DEFAULT_BATCH_SIZE = 5;

    /** Lease of a pull that says nothing else (Cloudflare, {@code pull-consumers}). */
    Duration DEFAULT_VISIBILITY = Duration.ofSeconds(30);

    /**
     * A message under a lease.
     *
     * @param leaseId stands for this delivery in {@link #settle}
     * @param id id of the message
     * @param timestamp when it was sent
     * @param body what it carries
     * @param attempts which delivery this is, from 1
     * @param deadLetter why it was given up elsewhere, in a dead-letter queue
     */
    record Leased(
            String leaseId,
            String id,
            Instant timestamp,
            Body body,
            int attempts,
            Optional<DeadLetter> deadLetter) {}

    /**
     * A message to deliver again.
     *
     * @param leaseId of the delivery that failed
     * @param retry when, and why
     */
    record Return(String leaseId, Retry retry) {}

    /**
     * What came of a {@link #settle}.
     *
     * @param acked leases acknowledged, also those whose message was gone already
     * @param returned messages that are delivered again
     * @param warnings what was ignored, and why
     */
    record Settled(int acked, int returned, List<String> warnings) {

        /** Copies the list. */
        public Settled {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Takes visible messages.
     *
     * @param batchSize how many at most, 1 to {@link QueueLimits#maxBatchSize()}
     * @param visibility how long they are invisible to others, at most {@link
     *     QueueLimits#maxVisibility()}
     * @return what there was, perhaps nothing
     * @throws QueueException {@link QueueFault#PAUSED} while delivery is paused
     */
    List<Leased> pull(int batchSize, Duration visibility);

    /**
     * Takes visible messages, at most 5 for 30 s.
     *
     * @return what there was, perhaps nothing
     */
    default List<Leased> pull() {
        return pull(DEFAULT_BATCH_SIZE, DEFAULT_VISIBILITY);
    }

    /**
     * Ends deliveries. An acknowledgement counts whenever it comes: also after its lease ended, and
     * again and again. A return counts only while its lease lasts.
     *
     * @param acks leases whose message is done
     * @param returns leases whose message is to be delivered again
     * @return how many, and what was ignored
     * @throws QueueException {@link QueueFault#BAD_LEASE} when a text is no lease id; nothing was
     *     done then
     */
    Settled settle(List<String> acks, List<Return> returns);

    @Override
    void close();
}
