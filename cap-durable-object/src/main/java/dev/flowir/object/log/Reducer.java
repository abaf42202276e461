package dev.flowir.object.log;

/**
 * What a state becomes by an event. Gives the same for the same, changes nothing that it is given,
 * reads no clock and calls nobody: it runs again whenever the log is replayed. Write it as a static
 * method or as a record without components; one that holds something is refused.
 *
 * @param <S> the state; immutable, such as a record
 * @param <E> type of the payloads
 */
@FunctionalInterface
public interface Reducer<S, E> {

    /**
     * The next state.
     *
     * @param state the state after the event before
     * @param event what happened
     * @return the state after it
     */
    S apply(S state, Envelope<E> event);
}
