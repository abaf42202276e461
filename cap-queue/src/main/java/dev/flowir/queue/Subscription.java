package dev.flowir.queue;

import java.time.Duration;

/** An active consumer. Closing it ends delivery and frees its queues for another. */
public interface Subscription extends AutoCloseable {

    /**
     * Takes no more batches, and waits for the handlers that run.
     *
     * @param wait longest wait; handlers that still run then are interrupted, and their messages
     *     are delivered again without counting the attempt
     */
    void close(Duration wait);

    /** Closes with the broker's {@link BrokerOptions#closeWait()}. */
    @Override
    void close();
}
