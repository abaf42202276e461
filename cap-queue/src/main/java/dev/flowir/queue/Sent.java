package dev.flowir.queue;

import java.util.List;

/**
 * Messages that were taken: on the disk, where the broker has one.
 *
 * @param ids ids in the order of sending, opaque
 * @param metrics of the queue, these messages included
 */
public record Sent(List<String> ids, QueueMetrics metrics) {

    /** Copies the list. */
    public Sent {
        ids = List.copyOf(ids);
    }

    /**
     * The id of a single message.
     *
     * @return the first id
     */
    public String id() {
        return ids.get(0);
    }
}
