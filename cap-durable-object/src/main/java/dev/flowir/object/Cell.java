package dev.flowir.object;

import java.util.function.UnaryOperator;

/**
 * One stored value that is always there: the typed state of an object, or a part of it. It is kept
 * decoded, and follows the storage when a transaction or a call is undone.
 *
 * @param <T> type of the value; should be immutable, such as a record
 */
public interface Cell<T> {

    /** {@return the value, or the initial one when none was ever set} */
    T get();

    /**
     * Stores another value.
     *
     * @param value the value
     */
    void set(T value);

    /**
     * Stores what is made of the value.
     *
     * @param change makes the next value
     * @return the next value
     */
    default T update(UnaryOperator<T> change) {
        T next = change.apply(get());
        set(next);
        return next;
    }
}
