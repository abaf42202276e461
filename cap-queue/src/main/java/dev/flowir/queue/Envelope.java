package dev.flowir.queue;

import java.util.Optional;

/**
 * What never changes about a message while it is in one queue.
 *
 * @param id what users call it
 * @param sentAtMillis when it was sent
 * @param arrivedAtMillis when it came into this queue
 * @param letter why it was given up elsewhere
 * @param redrivenFrom the dead-letter queue it was brought back from
 * @param size bytes that it counts for
 * @param body what it carries
 */
record Envelope(
        String id,
        long sentAtMillis,
        long arrivedAtMillis,
        Optional<DeadLetter> letter,
        Optional<String> redrivenFrom,
        int size,
        Body body) {

    /** A message that was just sent. */
    static Envelope sent(String id, long nowMillis, int size, Body body) {
        return new Envelope(
                id, nowMillis, nowMillis, Optional.empty(), Optional.empty(), size, body);
    }

    /** The same message, given up and moved to a dead-letter queue. */
    Envelope dead(DeadLetter why, long nowMillis) {
        return new Envelope(
                id, sentAtMillis, nowMillis, Optional.of(why), Optional.empty(), size, body);
    }

    /** The same message, brought back from a dead-letter queue. */
    Envelope redriven(String from, long nowMillis) {
        return new Envelope(
                id, sentAtMillis, nowMillis, Optional.empty(), Optional.of(from), size, body);
    }
}
