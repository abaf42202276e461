package dev.flowir.object;

import java.time.Duration;

/**
 * One object, to look at.
 *
 * @param <V> what may be asked
 */
public interface ObjectViewRef<V> {

    /** {@return which one} */
    ObjectId id();

    /**
     * Asks the object, in its turn. Answers after everything it has seen is durable.
     *
     * @param question runs on the object; whatever it writes is refused with {@link
     *     ObjectFault#READ_ONLY}
     * @param <T> its answer
     * @param <X> what it may throw
     * @return the answer
     * @throws X as {@code question} threw it
     * @throws ObjectException as {@link ObjectRef#call} says
     */
    <T, X extends Exception> T read(Call<? super V, T, X> question) throws X;

    /**
     * Asks by a call's name: as {@link #read}, and also of objects that live elsewhere.
     *
     * @param call one made by {@link ObjectCall#reading}
     * @param input what it is given
     * @param <I> what it is given
     * @param <O> its answer
     * @return the answer
     * @throws ObjectException as for {@link #read}; {@link ObjectFault#READ_ONLY} for a call that
     *     may write; {@link ObjectFault#CALL_FAILED} when it throws
     */
    <I, O> O ask(ObjectCall<? super V, I, O> call, I input);

    /**
     * The same object with a limit for each call: when it is over, a call that waits is withdrawn,
     * and one that runs is interrupted and leaves nothing.
     *
     * @param limit from the call on
     * @return a reference
     */
    ObjectViewRef<V> within(Duration limit);

    /**
     * A piece of work on an object.
     *
     * @param <C> the object
     * @param <T> its answer
     * @param <X> what it may throw
     */
    @FunctionalInterface
    interface Call<C, T, X extends Exception> {

        /**
         * Runs on the object, alone.
         *
         * @param object the object; not to be kept
         * @return the answer
         * @throws X to undo what was written
         */
        T run(C object) throws X;
    }
}
