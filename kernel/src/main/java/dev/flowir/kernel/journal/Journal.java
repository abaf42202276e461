package dev.flowir.kernel.journal;

import dev.flowir.kernel.cap.CapabilityProvider;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where durable runs are kept: rows about runs, and their records in one append-only sequence. A
 * store, or another engine's log. What is written in one {@link #write} is there wholly or not at
 * all after a crash, and is there once it returns. Safe for many threads.
 */
public interface Journal {

    /**
     * Work inside a transaction.
     *
     * @param <T> what it gives
     * @param <X> what it throws; then nothing was written
     */
    @FunctionalInterface
    interface Work<T, X extends Exception> {

        /**
         * Reads and writes.
         *
         * @param tx the transaction, not to be used afterwards
         * @return what the caller gets
         * @throws X to undo everything
         */
        T run(Tx tx) throws X;
    }

    /** A transaction. */
    interface Tx {

        /**
         * {@return the run called {@code id}}
         *
         * @param id the run
         */
        Optional<RunRow> find(String id);

        /**
         * {@return the run numbered {@code run}}
         *
         * @param run the store's number
         */
        Optional<RunRow> get(long run);

        /**
         * Runs in order of their numbers.
         *
         * @param states their states
         * @param after only those with a larger number
         * @param limit how many at most
         * @return the runs
         */
        List<RunRow> list(List<RunState> states, long after, int limit);

        /**
         * Runs that are to be woken, the earliest first.
         *
         * @param nowMillis now, since 1970
         * @param limit how many at most
         * @return the runs
         */
        List<RunRow> due(long nowMillis, int limit);

        /** {@return when the first run is to be woken, in milliseconds since 1970} */
        OptionalLong nextDueMillis();

        /**
         * Runs that have been over for long, the longest first.
         *
         * @param beforeMillis only those that ended before, since 1970
         * @param limit how many at most
         * @return the runs
         */
        List<RunRow> over(long beforeMillis, int limit);

        /**
         * Runs that ended between two moments, the longest over first.
         *
         * @param afterMillis only those that ended after, since 1970
         * @param beforeMillis only those that ended before, since 1970
         * @param limit how many at most
         * @return the runs
         */
        default List<RunRow> over(long afterMillis, long beforeMillis, int limit) {
            return over(beforeMillis, Integer.MAX_VALUE).stream()
                    .filter(row -> row.updatedMillis() > afterMillis)
                    .limit(limit)
                    .toList();
        }

        /**
         * {@return when a schedule was last looked at; empty when never}
         *
         * @param schedule its name
         */
        Optional<Look> look(String schedule);

        /**
         * Remembers that a schedule was looked at.
         *
         * @param schedule its name
         * @param look when, and its last run
         */
        void look(String schedule, Look look);

        /**
         * Stores a new run.
         *
         * @param row the run, with number 0
         * @return the same with its number
         */
        RunRow insert(RunRow row);

        /**
         * Changes a run.
         *
         * @param row what it is now
         */
        void update(RunRow row);

        /**
         * Adds a record.
         *
         * @param run the run
         * @param previous place of the run's record before it; 0 for the first
         * @param bytes the record
         * @return its place, larger than that of every record before it
         */
        long append(long run, long previous, byte[] bytes);

        /**
         * {@return the records that lead to {@code tail}, first to last}
         *
         * @param tail place of the last
         */
        List<Stored> chain(long tail);

        /**
         * Keeps records of a run closer together, where the journal can: {@link #chain} gives the
         * same as before.
         *
         * @param row the run, as it is now
         * @param atLeast how many records that follow each other are worth it
         * @return true when anything was moved
         */
        default boolean fold(RunRow row, int atLeast) {
            return false;
        }

        /**
         * Deletes the records that lead to {@code last}.
         *
         * @param last place of the last
         */
        void forget(long last);

        /**
         * Deletes a run and its records.
         *
         * @param row the run
         */
        void delete(RunRow row);

        /**
         * {@return requests that were made while nobody had the journal, first to last; none where
         * only its runtime can write it}
         */
        default List<Request> requests() {
            return List.of();
        }

        /**
         * Says that a request is dealt with.
         *
         * @param number the request
         * @param refusal why it will never be done; empty when it is done
         */
        default void dealtWith(long number, String refusal) {
            throw new IllegalStateException("no request is kept here: " + number + refusal);
        }

        /**
         * {@return who may begin when, of limited flows; empty in a read, and where none are kept}
         */
        default Optional<Turns> turns() {
            return Optional.empty();
        }

        /** {@return who waits for which signal; empty where signals only go to runs} */
        default Optional<Addresses> addresses() {
            return Optional.empty();
        }

        /**
         * Calls {@code hook} once what this transaction writes is on the disk, and never when it is
         * undone. Where a {@link #write} joined one that was under way, that is the end of the
         * latter.
         *
         * @param hook short, and does not use the journal
         */
        void afterCommit(Runnable hook);
    }

    /**
     * How far the moments of a schedule have been dealt with.
     *
     * @param atMillis up to and with this one, since 1970
     * @param lastRun the run begun last; empty when none was
     */
    record Look(long atMillis, String lastRun) {}

    /**
     * A request that was made while nobody had the journal.
     *
     * @param number its number, larger than that of every request before it
     * @param run the run that it is about
     * @param askedMillis when, since 1970
     * @param text what is asked, as the runtime understands it
     */
    record Request(long number, long run, long askedMillis, String text) {}

    /**
     * A record in its place.
     *
     * @param place where it is
     * @param bytes the record
     */
    record Stored(long place, Payload bytes) {}

    /**
     * Runs {@code work} as one transaction.
     *
     * @param <T> what it gives
     * @param <X> what it throws besides unchecked exceptions
     * @param work what to do; must be quick, everybody waits behind it
     * @return what the work gave, after it is on the disk
     * @throws X from the work; nothing was written
     */
    <T, X extends Exception> T write(Work<T, X> work) throws X;

    /**
     * As {@link #write}, for work that does no harm when it runs once more after what it wrote was
     * undone: a journal may do several of that kind together.
     *
     * @param <T> what it gives
     * @param <X> what it throws besides unchecked exceptions
     * @param work what to do; only its last run counts
     * @return what the work gave, after it is on the disk
     * @throws X from the work; nothing was written
     */
    default <T, X extends Exception> T writeRepeatable(Work<T, X> work) throws X {
        return write(work);
    }

    /**
     * Runs {@code work}, which only reads, on one snapshot.
     *
     * @param <T> what it gives
     * @param work what to do
     * @return what the work gave
     */
    <T> T read(Work<T, RuntimeException> work);

    /**
     * {@return where payloads are kept that are too long for a record; empty for nowhere} A journal
     * that has such a place keeps a payload there for as long as a record or an output names it
     * ({@link RecordCodec#elsewhere}, {@link Payload#name}).
     */
    default Optional<LargePayloads> large() {
        return Optional.empty();
    }

    /** {@return whether writes of this journal have {@link Tx#turns}} */
    default boolean keepsTurns() {
        return false;
    }

    /**
     * {@return whether what {@code provider}'s handles write inside a {@link #write} of this
     * journal is part of its transaction}
     *
     * @param provider a capability
     */
    boolean commitsWith(CapabilityProvider provider);
}
