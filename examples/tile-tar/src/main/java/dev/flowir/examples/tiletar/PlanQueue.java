package dev.flowir.examples.tiletar;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueSettings;
import java.time.Duration;

/** Queues of work on one plan each, and the message that only names it. */
final class PlanQueue {

    private static final int RETRIES = 5;
    private static final Codec<Named> NAMED = JsonCodecs.strict().of(Type.of(Named.class));

    /**
     * A plan that something is to be done with.
     *
     * @param planId which
     */
    record Named(String planId) {}

    private PlanQueue() {}

    /**
     * Declares a queue of one message at a time, and one for what was given up.
     *
     * @param wait before a message comes again
     */
    static void declare(Broker broker, String queue, Duration wait) {
        QueueSettings one =
                QueueSettings.defaults()
                        .batches(1, Duration.ZERO)
                        .maxRetries(RETRIES)
                        .retryDelay(wait);
        broker.declare(queue + "-dead", one);
        broker.declare(queue, one.deadLetterQueue(queue + "-dead"));
    }

    /** Has the work done for a plan. */
    static Body message(String plan) {
        return Chunks.body(new Named(plan), NAMED);
    }

    /** Which plan a message names. */
    static String plan(Message message) throws CodecException {
        return message.body().as(NAMED).planId();
    }
}
