package dev.flowir.queue;

import java.time.Duration;

/**
 * How much may wait in a queue: visible, delayed and in flight together. What moves between queues,
 * a dead letter, always finds a place: it was in a queue already.
 *
 * @param messages most messages
 * @param bytes most bytes, overhead included; the profile's {@link QueueLimits#maxBacklogBytes()}
 *     holds beside it
 * @param overflow what a send to a full queue does
 */
public record Bound(long messages, long bytes, Overflow overflow) {

    /** What a send to a full queue does. */
    public sealed interface Overflow {

        /**
         * It waits for room; refused when there is none in time, and at once inside a transaction
         * of a store, where nobody else could make room.
         *
         * @param maxWait longest wait
         */
        record Block(Duration maxWait) implements Overflow {}

        /** It is refused with {@link QueueFault#STORAGE_LIMIT}. */
        record Reject() implements Overflow {}

        /** The oldest messages that are not in flight are dropped for it, and counted. */
        record DropOldest() implements Overflow {}
    }

    private static final Bound NONE =
            new Bound(Long.MAX_VALUE, Long.MAX_VALUE, new Overflow.Reject());

    /**
     * Only the profile's limit of bytes.
     *
     * @return no bound of its own
     */
    public static Bound none() {
        return NONE;
    }

    /**
     * So many messages; a send to the full queue waits.
     *
     * @param messages most messages
     * @param maxWait longest wait of a send
     * @return the bound
     */
    public static Bound blocking(long messages, Duration maxWait) {
        return new Bound(messages, Long.MAX_VALUE, new Overflow.Block(maxWait));
    }

    /**
     * So many messages; a send to the full queue is refused.
     *
     * @param messages most messages
     * @return the bound
     */
    public static Bound rejecting(long messages) {
        return new Bound(messages, Long.MAX_VALUE, new Overflow.Reject());
    }

    /**
     * So many messages; a send to the full queue pushes the oldest out.
     *
     * @param messages most messages
     * @return the bound
     */
    public static Bound droppingOldest(long messages) {
        return new Bound(messages, Long.MAX_VALUE, new Overflow.DropOldest());
    }
}
