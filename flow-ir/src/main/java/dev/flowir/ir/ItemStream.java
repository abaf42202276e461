package dev.flowir.ir;

/**
 * A stream of items as its consumer sees it: pulled one by one, produced only as fast as pulled.
 * For one consumer thread at a time.
 *
 * @param <T> type of an item
 */
public interface ItemStream<T> extends AutoCloseable {

    /**
     * What {@link #next()} answers.
     *
     * @param <T> type of an item
     */
    sealed interface Next<T> {}

    /**
     * An item.
     *
     * @param value the item
     * @param <T> its type
     */
    record Item<T>(T value) implements Next<T> {}

    /**
     * The producer finished; nothing follows.
     *
     * @param <T> type of an item
     */
    record End<T>() implements Next<T> {}

    /**
     * The producer failed; nothing follows.
     *
     * @param code stable diagnostic code
     * @param message what happened, naming the node
     * @param <T> type of an item
     */
    record Broken<T>(String code, String message) implements Next<T> {}

    /**
     * Waits for the next item. After {@link End} or {@link Broken} it answers the same again.
     *
     * @return the item, the end, or how it broke
     * @throws InterruptedException when the calling thread was interrupted while waiting
     */
    Next<T> next() throws InterruptedException;

    /** Leaves: the producer is cancelled. Does nothing after the end. */
    @Override
    void close();
}
