package dev.flowir.store;

/**
 * One logical transaction: all of it is kept or nothing.
 *
 * @param <T> its answer
 * @param <X> what it may throw besides {@link StoreException}; throwing rolls back
 */
@FunctionalInterface
public interface WriteWork<T, X extends Exception> {

    /**
     * Reads and writes. Runs on the writer thread: it must not wait for anything else.
     *
     * @param tx the transaction; not to be used after this returns
     * @return what the caller of the store gets
     * @throws X to undo everything
     */
    T run(WriteTx tx) throws X;
}
