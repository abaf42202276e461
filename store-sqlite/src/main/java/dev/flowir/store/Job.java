package dev.flowir.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One logical transaction on its way: waiting, running, or given up by its caller. */
final class Job<T> {

    private enum State {
        WAITING,
        RUNNING,
        UNWANTED,
        WITHDRAWN
    }

    private final @Nullable WriteWork<T, ?> write;
    private final @Nullable ReadWork<T, ?> read;
    private final boolean repeatable;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile StoreFault unwantedBecause = StoreFault.WITHDRAWN;

    private Job(
            @Nullable WriteWork<T, ?> write, @Nullable ReadWork<T, ?> read, boolean repeatable) {
        this.write = write;
        this.read = read;
        this.repeatable = repeatable;
    }

    static <T> Job<T> writing(WriteWork<T, ?> work) {
        return new Job<>(work, null, false);
    }

    /** Work of which only the last run counts. */
    static <T> Job<T> repeating(WriteWork<T, ?> work) {
        return new Job<>(work, null, true);
    }

    static <T> Job<T> reading(ReadWork<T, ?> work) {
        return new Job<>(null, work, false);
    }

    boolean writes() {
        return write != null;
    }

    /** Whether its work may run once more when what it did was undone. */
    boolean isRepeatable() {
        return repeatable;
    }

    CompletableFuture<T> outcome() {
        return outcome;
    }

    /** Takes it from the queue; false when its caller withdrew it meanwhile. */
    boolean start() {
        return state.compareAndSet(State.WAITING, State.RUNNING);
    }

    /**
     * Gives it up. One that waits is withdrawn at once; one that runs is stopped at its next
     * statement or at its end.
     *
     * @return true when it was waiting and will not run
     */
    boolean giveUp(StoreFault because) {
        unwantedBecause = because;
        if (state.compareAndSet(State.WAITING, State.WITHDRAWN)) {
            return true;
        }
        state.compareAndSet(State.RUNNING, State.UNWANTED);
        return false;
    }

    /** Refuses to go on with work that was given up. */
    void ensureWanted() {
        if (state.get() == State.UNWANTED) {
            throw abandoned();
        }
    }

    /**
     * True when a statement that runs for it should end. Stopping a statement that writes rolls
     * back its whole group, so for a mere interrupt it may go on to its end.
     */
    boolean stopsStatements() {
        return state.get() == State.UNWANTED
                && (write == null || unwantedBecause != StoreFault.WITHDRAWN);
    }

    StoreException abandoned() {
        StoreFault because = unwantedBecause;
        return new StoreException(
                because,
                switch (because) {
                    case TIMED_OUT ->
                            "the time given to the transaction is over; nothing was written";
                    case CLOSED -> "the store is closing; nothing was written";
                    default ->
                            "the caller was interrupted; its transaction was withdrawn and nothing"
                                    + " was written";
                });
    }

    /** What its caller is told: that it gave up, where that is what stopped the work. */
    Throwable explained(Throwable failure) {
        return state.get() == State.UNWANTED && failure instanceof StoreException
                ? abandoned()
                : failure;
    }

    T run(WriteTx tx) throws Exception {
        if (write != null) {
            return write.run(tx);
        }
        return java.util.Objects.requireNonNull(read).run(tx);
    }

    String name() {
        return String.valueOf(write != null ? write.getClass() : read);
    }
}
