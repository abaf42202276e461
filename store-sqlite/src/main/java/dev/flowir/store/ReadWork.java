package dev.flowir.store;

/**
 * Reading inside one snapshot.
 *
 * @param <T> what it finds
 * @param <X> what it may throw besides {@link StoreException}
 */
@FunctionalInterface
public interface ReadWork<T, X extends Exception> {

    /** Reads. Runs on a thread of the store: it must not wait for anything else. */
    T run(ReadTx tx) throws X;
}
