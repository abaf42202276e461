package dev.flowir.queue;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;

/** Tokens of the queue capability: what a node definition asks for. */
public final class Queues {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "queue";

    /** Hint of nodes that send. */
    public static final String PUBLISH_HINT = "resource::queue::publish";

    /** Hint of nodes that look at what waits. */
    public static final String CONSUME_HINT = "resource::queue::consume";

    /** Determinism hint of every use. */
    public static final String DETERMINISM_HINT = "resource::queue";

    private Queues() {}

    /**
     * Sends to the queue bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle sends
     */
    public static WriteToken<QueueSender> publisher(String binding) {
        return WriteToken.of(
                CAPABILITY, binding, QueueSender.class, PUBLISH_HINT, DETERMINISM_HINT);
    }

    /**
     * Looks at the queue bound as {@code binding} without taking anything from it.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle looks
     */
    public static ReadToken<QueueView> viewer(String binding) {
        return ReadToken.of(CAPABILITY, binding, QueueView.class, CONSUME_HINT, DETERMINISM_HINT);
    }
}
