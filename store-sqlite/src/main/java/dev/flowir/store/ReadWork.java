package dev.flowir.store;

/**
 * Reading inside one snapshot.
 *
 * @param <T> what it finds
 * @param <X> what it may throw besides {@link StoreException}
 */
@FunctionalInterface
public interface ReadWork<T, X extends Exception> {

    /**
     * Reads. Runs on a thread of the store: it must not wait for anything else.
     *
     * @param tx the snapshot; not to be used after this returns
     * @return what the caller of the store gets
     * @throws X when it cannot be done
     */
    T run(ReadTx tx) throws X;
}
