package dev.flowir.queue;

/**
 * A message of a batch to send.
 *
 * @param body what it carries
 * @param options beat those of the batch
 */
public record Outgoing(Body body, SendOptions options) {

    /**
     * A message without options of its own.
     *
     * @param body what it carries
     * @return the message
     */
    public static Outgoing of(Body body) {
        return new Outgoing(body, SendOptions.none());
    }
}
