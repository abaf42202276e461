package dev.flowir.object;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an object has to live with; given to its constructor. Everything here is used inside the
 * object's turn: in its constructor, in calls and in its alarm, on their thread. Elsewhere it is
 * refused with {@link ObjectFault#MISPLACED}.
 *
 * <p>One call runs at a time, from start to end. There is one place where others run in between:
 * {@link #outside}. So what was read before it must be looked at again after it.
 */
public interface ObjectContext {

    /** {@return which object; its name is known when it was ever called by name} */
    ObjectId id();

    /** {@return the time of the space} */
    Instant now();

    /** {@return its durable entries} */
    ObjectStorage storage();

    /**
     * A stored value as part of the object, usually kept in a field.
     *
     * @param key where it is stored
     * @param initial what it is until it is first set; not stored
     * @param <T> type of the value
     * @return the cell
     */
    <T> Cell<T> cell(StoredKey<T> key, T initial);

    /**
     * Sets the one alarm, in place of one that is set.
     *
     * @param at when; in the past means at once, and it is never early
     * @throws ObjectException {@link ObjectFault#NO_ALARM} when the class has no handler
     */
    void setAlarm(Instant at);

    /** {@return when the alarm is set for; empty while it rings, until it is set again} */
    Optional<Instant> alarm();

    /** Takes the alarm back. */
    void deleteAlarm();

    /**
     * Runs work that waits for something other than storage: a request, another object, time. Makes
     * what was written so far durable first, and keeps the result until then. While the work runs,
     * other calls of this object run. The storage cannot be used inside.
     *
     * @param work what to do
     * @param <T> its answer
     * @param <X> what it may throw
     * @return its answer, with the turn taken again
     * @throws X as {@code work} threw it
     * @throws ObjectException {@link ObjectFault#RESET} when the object was given up meanwhile
     */
    <T, X extends Exception> T outside(ObjectStorage.Work<T, X> work) throws X;

    /** {@return true for the thread of a call of this object while it is {@link #outside}} */
    boolean isOutside();

    /**
     * Runs work that no other call may come between: inside it {@link #outside} keeps the turn.
     * When it throws, or takes longer than {@link ObjectLimits#maxBlock()}, the object is given up,
     * and calls that wait fail with {@link ObjectFault#RESET}.
     *
     * @param work what to do
     * @param <T> its answer
     * @param <X> what it may throw
     * @return its answer
     * @throws X as {@code work} threw it
     * @throws ObjectException {@link ObjectFault#BLOCKED_TOO_LONG}
     */
    <T, X extends Exception> T blocking(ObjectStorage.Work<T, X> work) throws X;

    /**
     * Runs work as part of the transaction that stores what this call writes, at its end: a queue
     * send or a write to the same store is kept together with it or not at all. When it throws, so
     * does the call, and nothing is kept.
     *
     * @param work short; runs on the writer thread of the store, and uses no object
     */
    void inCommit(Runnable work);

    /**
     * Runs work once what this call wrote is durable; never when it is not. A crash may lose it.
     *
     * @param work short; runs on another thread
     */
    void afterCommit(Runnable work);

    /**
     * Its open sockets.
     *
     * @return in no order
     */
    List<ObjectSocket> sockets();

    /**
     * Its open sockets with a tag.
     *
     * @param tag one of the tags that {@link SocketHandler#opened} gave
     * @return in no order
     */
    List<ObjectSocket> sockets(String tag);

    /**
     * This object as others see it, to send calls to itself.
     *
     * @param type its class
     * @param <C> its class in Java
     * @return a reference
     * @throws ObjectException {@link ObjectFault#FOREIGN_ID} when it is of another class
     */
    <C> ObjectRef<C> ref(ObjectClass<C> type);

    /**
     * Gives the object up: this call and those that wait fail, what this one wrote is not kept, and
     * the next call makes the object anew.
     *
     * @param reason for the message of the failures
     * @return never; to be thrown, so that the compiler knows
     * @throws ObjectException always, with {@link ObjectFault#ABORTED}
     */
    ObjectException abort(String reason);
}
