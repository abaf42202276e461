package dev.flowir.queue;

import java.util.Optional;

/**
 * A queue at one moment.
 *
 * @param metrics what waits
 * @param counts what became of messages
 * @param paused whether delivery is paused
 * @param consumer name of the active consumer
 * @param batchesInFlight batches that a handler holds now
 * @param peakBatchesInFlight the most that were held at once since the broker was opened
 */
public record QueueStatus(
        QueueMetrics metrics,
        QueueCounts counts,
        boolean paused,
        Optional<String> consumer,
        int batchesInFlight,
        int peakBatchesInFlight) {}
