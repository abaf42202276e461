package dev.flowir.object;

import java.time.Instant;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The durable entries and tables of one object. Used inside the object's turn only. What one call
 * writes becomes durable together, before the call is answered; the call itself sees it at once.
 */
public interface ObjectStorage {

    /**
     * The value under a key.
     *
     * @param key the key
     * @param <T> type of the value
     * @return empty when there is none
     * @throws ObjectException {@link ObjectFault#NOT_READABLE} when something else is stored there
     */
    <T> Optional<T> get(StoredKey<T> key);

    /**
     * Stores a value, in place of what is there.
     *
     * @param key the key
     * @param value the value; encoded now, so that later changes of it are not stored
     * @param <T> type of the value
     * @throws ObjectException {@link ObjectFault#ENTRY_TOO_LARGE}, {@link ObjectFault#BAD_KEY},
     *     {@link ObjectFault#READ_ONLY}, {@link ObjectFault#OBJECT_TOO_LARGE}
     */
    <T> void put(StoredKey<T> key, T value);

    /**
     * Removes what is under a key.
     *
     * @param key the key
     * @return whether there was something
     */
    boolean delete(String key);

    /**
     * Entries in the order of their keys' bytes.
     *
     * @param entries which ones
     * @param type what all of them are
     * @param <T> what all of them are
     * @return keys and values, in order
     * @throws ObjectException {@link ObjectFault#BAD_LIMIT} when there are more than {@link
     *     ObjectLimits#maxListEntries()} and no limit was given
     */
    <T> SequencedMap<String, T> list(Entries entries, Class<T> type);

    /** {@return the object's own SQL tables} */
    ObjectSql sql();

    /**
     * Removes everything, tables and the alarm too, at once.
     *
     * @throws ObjectException {@link ObjectFault#MISPLACED} inside {@link #transaction}
     */
    void deleteAll();

    /**
     * A bookmark of what is stored now, for {@link #restoreNext}. Makes durable what was written so
     * far.
     *
     * @return the bookmark
     * @throws ObjectException {@link ObjectFault#BAD_BOOKMARK} when the space keeps no history
     */
    ObjectBookmark bookmark();

    /**
     * A bookmark of what was stored at a time.
     *
     * @param at when, by the space's clock
     * @return the bookmark
     * @throws ObjectException {@link ObjectFault#BAD_BOOKMARK} when that is not kept
     */
    ObjectBookmark bookmarkAt(Instant at);

    /**
     * Has entries and tables become what they were at a bookmark, when the object wakes the next
     * time: after {@link ObjectContext#abort}, or when nobody has called it for long. What is
     * written until then is undone with the rest. The alarm stays.
     *
     * @param bookmark one of this object
     * @return a bookmark of now, to undo it
     * @throws ObjectException {@link ObjectFault#BAD_BOOKMARK} when it is of another object, or
     *     older than what is kept
     */
    ObjectBookmark restoreNext(ObjectBookmark bookmark);

    /**
     * Runs work whose writes are kept together or not at all: when it throws, they are undone, and
     * those before it stay.
     *
     * @param work reads and writes; may itself hold transactions
     * @param <T> its answer
     * @param <X> what it may throw
     * @return the answer
     * @throws X as {@code work} threw it
     */
    <T, X extends Exception> T transaction(Work<T, X> work) throws X;

    /**
     * Waits until everything written so far is durable, also if the call fails later.
     *
     * @throws ObjectException {@link ObjectFault#MISPLACED} inside {@link #transaction}
     */
    void sync();

    /**
     * A piece of work.
     *
     * @param <T> its answer
     * @param <X> what it may throw
     */
    @FunctionalInterface
    interface Work<T, X extends Exception> {

        /**
         * Does it.
         *
         * @return the answer
         * @throws X as it likes
         */
        T run() throws X;
    }
}
