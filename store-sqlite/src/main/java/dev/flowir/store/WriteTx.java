package dev.flowir.store;

import org.jspecify.annotations.Nullable;

/** A running logical transaction, valid inside the work it was handed to and on its thread. */
public interface WriteTx extends ReadTx {

    /**
     * Runs one statement that changes something; rows it returns are dropped.
     *
     * @param sql one statement with {@code ?} for each parameter
     * @param parameters values in order of their question marks
     * @return how many rows it changed, and the last row id
     */
    Change run(String sql, @Nullable Object... parameters);

    /**
     * As {@link #run}, for those who do not ask for the last row id, which costs a statement more.
     *
     * @param sql one statement with {@code ?} for each parameter
     * @param parameters values in order of their question marks
     * @return how many rows it changed
     */
    default long change(String sql, @Nullable Object... parameters) {
        return run(sql, parameters).rows();
    }

    /**
     * Calls {@code hook} on the writer thread once this transaction is on the disk, before its
     * caller is answered. For signals to other threads: it must be short, and must not use the
     * store. Never called when the transaction fails.
     *
     * @param hook short and quiet
     */
    void afterCommit(Runnable hook);

    /**
     * What one statement did.
     *
     * @param rows rows inserted, changed or deleted
     * @param lastRowId rowid of the last row inserted on this connection
     */
    record Change(long rows, long lastRowId) {}
}
