package dev.flowir.store;

import java.util.concurrent.CompletableFuture;

/**
 * The answer to {@link Store#offer}: whether a transaction got a place in the write queue.
 *
 * @param <T> answer of the transaction
 */
public sealed interface Offer<T> {

    /**
     * It has a place and will run.
     *
     * @param <T> what the transaction gives
     * @param outcome completed after the commit is on the disk, on a virtual thread
     */
    record Accepted<T>(CompletableFuture<T> outcome) implements Offer<T> {}

    /**
     * No place now: slow down.
     *
     * @param <T> what the transaction gives
     * @param bound places in the queue, all taken
     */
    record Full<T>(int bound) implements Offer<T> {}

    /**
     * No place ever: the store is closed or stopped writing.
     *
     * @param <T> what the transaction gives
     * @param reason why
     */
    record Closed<T>(StoreException reason) implements Offer<T> {}
}
