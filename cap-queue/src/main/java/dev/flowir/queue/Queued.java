package dev.flowir.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message as it waits in a queue.
 *
 * @param place its place, growing with arrival; for the next page
 * @param id its id, the same in every queue it comes to
 * @param timestamp when it was sent
 * @param body what it carries
 * @param attempts deliveries in this queue so far
 * @param state what it waits for
 * @param visibleAt when it can be delivered (again)
 * @param failures attempts in this queue that failed, the last ones
 * @param deadLetter why it is here, in a dead-letter queue
 * @param redrivenFrom the dead-letter queue that it was brought back from
 */
public record Queued(
        long place,
        String id,
        Instant timestamp,
        Body body,
        int attempts,
        State state,
        Instant visibleAt,
        List<FailedAttempt> failures,
        Optional<DeadLetter> deadLetter,
        Optional<String> redrivenFrom) {

    /** What a message waits for. */
    public enum State {
        /** For a consumer. */
        VISIBLE,
        /** For its time. */
        DELAYED,
        /** For the consumer that holds it. */
        IN_FLIGHT
    }

    /** Copies the list. */
    public Queued {
        failures = List.copyOf(failures);
    }
}
