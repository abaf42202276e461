package dev.flowir.queue;

/**
 * Is told what happens in a broker. Calls come from many threads, after the fact was committed; a
 * call must be short and must not use the broker. Costs nothing when nobody listens.
 */
public interface QueueListener {

    /**
     * A batch goes to its handler.
     *
     * @param queue name of the queue
     * @param messages how many
     * @param batchesInFlight batches that handlers hold now, this one included
     */
    default void delivered(String queue, int messages, int batchesInFlight) {}

    /**
     * A handler or a late call did something that has no effect, for example {@code ack} after
     * {@code retry}.
     *
     * @param queue name of the queue
     * @param message id of the message
     * @param text what was ignored, and why
     */
    default void ignored(String queue, String message, String text) {}

    /**
     * An attempt at a message failed.
     *
     * @param queue name of the queue
     * @param message id of the message
     * @param failure the attempt
     */
    default void failed(String queue, String message, FailedAttempt failure) {}

    /**
     * A message was given up.
     *
     * @param queue name of the queue
     * @param message id of the message
     * @param letter why; it is in the dead-letter queue now, or dropped when there is none
     */
    default void gaveUp(String queue, String message, DeadLetter letter) {}

    /**
     * A handler held its batch for longer than the lease.
     *
     * @param queue name of the queue
     * @param messages how many messages are delivered again
     */
    default void leaseEnded(String queue, int messages) {}
}
