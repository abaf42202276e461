package dev.flowir.dedupe;

import java.util.Optional;

/**
 * Keys of work that is to be done once. A key is reserved before the work and committed after it;
 * the lease of who crashes between ends by itself. Whose work it is says the scope's idempotency
 * key: another attempt at the same work has its key back at once. For one attempt.
 */
public interface DedupeKeys {

    /**
     * Work that is done once.
     *
     * @param <T> what it gives
     * @param <X> what it may throw
     */
    @FunctionalInterface
    interface Work<T, X extends Exception> {
        /**
         * Does it.
         *
         * @return what it gives
         * @throws X when it cannot
         */
        T run() throws X;
    }

    /**
     * Asks for a key. The lease begins, also anew for the same work.
     *
     * @param key 1 to 512 bytes of UTF-8
     * @return whether to do the work
     */
    Reservation reserve(String key);

    /**
     * The work of a reserved key is done. Does nothing when it was committed by the same work.
     *
     * @param key as reserved
     * @throws DedupeException of {@link DedupeFault#LEASE_LOST} when another work has it: this one
     *     took longer than the lease
     */
    void commit(String key);

    /**
     * The work of a reserved key was not done: others may have it at once. Does nothing when the
     * key is not held by this work.
     *
     * @param key as reserved
     */
    void release(String key);

    /**
     * Forgets a key, whoever has it: the work may be done again.
     *
     * @param key any key
     * @return whether there was something to forget
     */
    boolean forget(String key);

    /**
     * Reserves and commits in one step.
     *
     * @param key 1 to 512 bytes of UTF-8
     * @return true for the work that came first, in each of its attempts
     */
    boolean putIfAbsent(String key);

    /**
     * Does work once: reserves, works, commits; gives the key free when the work throws.
     *
     * @param key 1 to 512 bytes of UTF-8
     * @param work to do
     * @param <T> what it gives
     * @param <X> what it may throw
     * @return what it gave; empty when it was done before
     * @throws X when the work does
     * @throws DedupeException of {@link DedupeFault#IN_PROGRESS} when another is at it, with the
     *     time of its lease; of {@link DedupeFault#LEASE_LOST} as {@link #commit} has it
     */
    default <T, X extends Exception> Optional<T> once(String key, Work<T, X> work) throws X {
        return switch (reserve(key)) {
            case Reservation.Done done -> Optional.empty();
            case Reservation.InProgress other ->
                    throw new DedupeException(
                            DedupeFault.IN_PROGRESS,
                            "another work has the key and has not committed",
                            other.retryAfter());
            case Reservation.First first -> {
                boolean worked = false;
                try {
                    T result = work.run();
                    worked = true;
                    commit(key);
                    yield Optional.of(result);
                } finally {
                    if (!worked) {
                        release(key);
                    }
                }
            }
        };
    }
}
