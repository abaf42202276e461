package dev.flowir.ir;

/**
 * Where a streaming body puts its items.
 *
 * @param <T> type of an item
 */
@FunctionalInterface
public interface Emitter<T> {

    /**
     * Hands one item to the consumer; waits while there is no demand for it.
     *
     * @param item the item
     * @throws AttemptEndedException when the consumer left or the run ended
     * @throws InterruptedException when the run was cancelled while waiting
     */
    void emit(T item) throws InterruptedException;
}
