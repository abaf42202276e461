package dev.flowir.object.log;

/**
 * What a subscriber gets.
 *
 * @param <S> type of the state
 * @param <E> type of the payloads
 */
public sealed interface Frame<S, E> {

    /**
     * The whole state; events after its version follow.
     *
     * @param snapshot the state and its version
     * @param <S> type of the state
     * @param <E> type of the payloads
     */
    record State<S, E>(LogSnapshot<S> snapshot) implements Frame<S, E> {}

    /**
     * The next event: its version is one more than that of the frame before.
     *
     * @param envelope the event
     * @param <S> type of the state
     * @param <E> type of the payloads
     */
    record Event<S, E>(Envelope<E> envelope) implements Frame<S, E> {}

    /**
     * Nothing follows.
     *
     * @param why what ended it
     * @param <S> type of the state
     * @param <E> type of the payloads
     */
    record Ended<S, E>(Why why) implements Frame<S, E> {}

    /** What ends a subscription. */
    enum Why {
        /** It was too far behind, and asked to be ended then. */
        LAGGED,
        /** It was closed, or all were. */
        CLOSED
    }
}
