package dev.flowir.queue;

import dev.flowir.kernel.cap.Fence;
import java.time.Instant;
import java.util.Optional;

/** A message in the hands of a consumer; see {@link Batch} for what beats what. Thread-safe. */
public interface Message {

    /**
     * Its id, made by the broker: the same for every delivery and in every queue it comes to. A key
     * for idempotent work.
     *
     * @return opaque text
     */
    String id();

    /**
     * When it was sent.
     *
     * @return the time of the broker
     */
    Instant timestamp();

    /**
     * What it carries.
     *
     * @return the body as it was sent
     */
    Body body();

    /**
     * Which delivery in this queue this is.
     *
     * @return from 1
     */
    int attempts();

    /**
     * Why it was given up elsewhere, when this is a dead-letter queue.
     *
     * @return the cause
     */
    Optional<DeadLetter> deadLetter();

    /**
     * The dead-letter queue that a redrive brought it back from.
     *
     * @return its name; empty when it was not redriven
     */
    Optional<String> redrivenFrom();

    /**
     * Whether this delivery still counts: false when its lease ended. To make the scope of a
     * capability's handle, so that a late effect is refused.
     *
     * @return the fence
     */
    Fence fence();

    /**
     * Acknowledges it: it is done and gone when the handler ends. Inside a transaction of the store
     * that holds the queue, it goes with that transaction: effects and acknowledgement are kept
     * together or not at all.
     *
     * @throws QueueException {@link QueueFault#LEASE_ENDED} inside a transaction, when this
     *     delivery does not count any more; let it pass so that the transaction is undone
     */
    void ack();

    /**
     * Has it delivered again.
     *
     * @param retry when, and why
     */
    void retry(Retry retry);

    /** Has it delivered again after the queue's delay. */
    default void retry() {
        retry(Retry.asConfigured());
    }

    /**
     * Gives it up at once, for a failure that no retry mends: it becomes a dead letter.
     *
     * @param cause why
     */
    void giveUp(Throwable cause);
}
