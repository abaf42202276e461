package dev.flowir.sql;

/**
 * Several calls that are kept together or not at all.
 *
 * @param <T> its answer
 * @param <X> what it may throw besides {@link SqlException}; throwing rolls back
 */
@FunctionalInterface
public interface AtomicWork<T, X extends Exception> {

    /**
     * Reads and writes. On the embedded store everybody else's writes wait meanwhile: it must not
     * wait for anything, no network and no lock.
     *
     * @param db the handle that was asked
     * @return its answer, given to the caller after the commit
     * @throws X as it likes; nothing is kept then
     */
    T run(SqlWriter db) throws X;
}
