package dev.flowir.store;

/**
 * One logical transaction without an answer.
 *
 * @param <X> what it may throw besides {@link StoreException}; throwing rolls back
 */
@FunctionalInterface
public interface WriteAction<X extends Exception> {

    /**
     * Reads and writes. Runs on the writer thread: it must not wait for anything else.
     *
     * @param tx the transaction; not to be used after this returns
     * @throws X to undo everything
     */
    void run(WriteTx tx) throws X;
}
