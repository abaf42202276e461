package dev.flowir.queue;

import java.util.List;

/**
 * Sends to one queue. A send returns when the message is kept: on the disk, where the broker has
 * one. Inside a transaction of the store that holds the queue, a send commits with it.
 *
 * <p>A send is refused with {@link dev.flowir.kernel.cap.StaleAttemptException} when the attempt it
 * was made for was given up, and with {@link QueueException} when it breaks a limit or finds no
 * room; nothing was written then. Thread-safe.
 */
public interface QueueSender {

    /**
     * Sends one message.
     *
     * @param body at most {@link QueueLimits#maxMessageBytes()} with its overhead
     * @param options how
     * @return its id, and the queue's metrics
     */
    default Sent send(Body body, SendOptions options) {
        return sendBatch(List.of(Outgoing.of(body)), options);
    }

    /**
     * Sends one message as the queue says.
     *
     * @param body at most {@link QueueLimits#maxMessageBytes()} with its overhead
     * @return its id, and the queue's metrics
     */
    default Sent send(Body body) {
        return send(body, SendOptions.none());
    }

    /**
     * Sends several messages: all or none.
     *
     * @param messages 1 to {@link QueueLimits#maxSendCount()} messages, together at most {@link
     *     QueueLimits#maxSendBytes()}
     * @param options for those without options of their own
     * @return their ids in order, and the queue's metrics
     */
    Sent sendBatch(List<Outgoing> messages, SendOptions options);
}
