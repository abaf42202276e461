package dev.flowir.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits in a queue: visible, delayed and in flight.
 *
 * @param backlogCount messages
 * @param backlogBytes bytes, overhead included
 * @param oldest when the oldest of them came into the queue
 */
public record QueueMetrics(long backlogCount, long backlogBytes, Optional<Instant> oldest) {}
