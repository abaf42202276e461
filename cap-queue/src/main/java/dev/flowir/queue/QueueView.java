package dev.flowir.queue;

import java.util.List;

/** Looks at a queue and takes nothing from it. Thread-safe. */
public interface QueueView {

    /**
     * What waits.
     *
     * @return numbers of this moment
     */
    QueueMetrics metrics();

    /**
     * Waiting messages, oldest arrival first: visible, delayed and in flight.
     *
     * @param filter which
     * @param after {@link Queued#place()} of the last one of the page before; 0 for the first page
     * @param limit how many at most, 1 to 1000
     * @return the messages; fewer than {@code limit} when there are no more
     */
    List<Queued> browse(MessageFilter filter, long after, int limit);
}
