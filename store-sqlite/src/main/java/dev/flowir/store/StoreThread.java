package dev.flowir.store;

import org.jspecify.annotations.Nullable;

/** A platform thread of a store, which knows the transaction that runs on it. */
final class StoreThread extends Thread {

    private final Store store;
    private @Nullable Tx running;

    StoreThread(Store store, String name, Runnable body) {
        super(body, name);
        this.store = store;
        setDaemon(true);
    }

    /**
     * The transaction that the calling thread is inside of.
     *
     * @return null outside of any transaction of any store
     * @throws StoreException inside a transaction of another store, and on a thread of a store
     *     between its transactions
     */
    static @Nullable Tx current(Store asked) {
        if (!(Thread.currentThread() instanceof StoreThread thread)) {
            return null;
        }
        if (thread.store != asked) {
            throw new StoreException(
                    StoreFault.MISPLACED,
                    "inside a transaction of "
                            + thread.store
                            + " a call went to "
                            + asked
                            + "; one transaction has one store. Bind both capabilities to the same"
                            + " store, or make the calls one after the other");
        }
        if (thread.running == null) {
            throw new StoreException(
                    StoreFault.MISPLACED,
                    "an after-commit hook used the store; hand the work to another thread");
        }
        return thread.running;
    }

    /** Marks what runs on the calling thread, which is one of a store. */
    static void enter(@Nullable Tx tx) {
        ((StoreThread) Thread.currentThread()).running = tx;
    }
}
