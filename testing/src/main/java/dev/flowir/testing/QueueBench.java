package dev.flowir.testing;

import dev.flowir.queue.Broker;
import dev.flowir.queue.QueueListener;
import java.io.Closeable;
import java.io.IOException;

/** A broker on the bench, without queues, with Cloudflare's limits. */
public interface QueueBench extends Closeable {

    /**
     * The broker under test, opened on the clock of the rule and with the listener of this bench.
     *
     * @return the same one until {@link #crash()}
     */
    Broker broker();

    /**
     * Returns when nothing more happens without time moving: what can be delivered was handled, and
     * what handlers decided is kept.
     */
    void settle();

    /**
     * Has the broker tell a listener, too. Called before anything else, and again after a crash.
     *
     * @param listener to be told
     */
    void listen(QueueListener listener);

    /**
     * Whether {@link #crash()} can be called: true for what outlives a process.
     *
     * @return false unless overridden
     */
    default boolean supportsCrash() {
        return false;
    }

    /**
     * Loses the broker as a process loses it that is killed, and opens another on the same data.
     * May be called by a handler.
     */
    default void crash() {
        throw new IllegalStateException("supportsCrash() is true but crash() is not there");
    }

    /**
     * Whether what a broker held when it crashed stays held until its lease ends: where several
     * brokers share queues, nobody tells the others that it is gone.
     *
     * @return false unless overridden
     */
    default boolean leasesSurviveCrash() {
        return false;
    }

    /**
     * Whether {@link #transaction} can be called: true where sends and acknowledgements commit
     * together with other writes.
     *
     * @return false unless overridden
     */
    default boolean supportsTransactions() {
        return false;
    }

    /**
     * Runs work as one transaction of what holds the queues; undone when it throws.
     *
     * @param work sends, acknowledges, writes
     */
    default void transaction(Runnable work) {
        throw new IllegalStateException("supportsTransactions() is true but transaction() is not");
    }

    /**
     * Gives everything free.
     *
     * @throws IOException when that fails, which fails the rule
     */
    @Override
    default void close() throws IOException {}
}
