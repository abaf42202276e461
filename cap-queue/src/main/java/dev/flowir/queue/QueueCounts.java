package dev.flowir.queue;

/**
 * What became of messages since the queue was made. Every message that came is still in the backlog
 * or in one of the others.
 *
 * @param sent came in by a send
 * @param arrived came in as dead letters or by a redrive
 * @param deliveries handed to a consumer; a message counts as often as it was, except where no
 *     handler began with it in time or the consumer was closed before it answered
 * @param acked done
 * @param deadLettered given up, moved to the dead-letter queue
 * @param dropped lost: given up without a dead-letter queue, or pushed out by newer ones
 * @param expired lost: older than the retention
 * @param purged removed by a purge
 * @param redriven moved away by a redrive
 */
public record QueueCounts(
        long sent,
        long arrived,
        long deliveries,
        long acked,
        long deadLettered,
        long dropped,
        long expired,
        long purged,
        long redriven) {

    /** Nothing yet. */
    static final QueueCounts ZERO = new QueueCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
