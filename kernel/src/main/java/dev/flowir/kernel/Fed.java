package dev.flowir.kernel;

import java.util.List;

/**
 * How a {@link Feed} ended. Every input that was taken from the source is accounted for: it gave an
 * output to the consumer, or it gave none, or it failed, or it was left.
 *
 * @param <I> type of the inputs
 */
public sealed interface Fed<I> {

    /** {@return inputs that were begun} */
    long inputs();

    /** {@return outputs that the consumer took} */
    long outputs();

    /**
     * The source had no more, and everything that came of it was handled.
     *
     * @param inputs inputs that were begun
     * @param outputs outputs that the consumer took; fewer than inputs where an input gave none, or
     *     failed and was handled
     * @param <I> type of the inputs
     */
    record Whole<I>(long inputs, long outputs) implements Fed<I> {}

    /**
     * It ended before the source did.
     *
     * @param inputs inputs that were begun
     * @param outputs outputs that the consumer took
     * @param failure why it ended
     * @param failed inputs that failed and that nobody handled; the first one ends a feed, others
     *     were on their way beside it
     * @param left inputs that were taken from the source and not begun
     * @param <I> type of the inputs
     */
    record Stopped<I>(
            long inputs, long outputs, Failure failure, List<FailedInput<I>> failed, List<I> left)
            implements Fed<I> {

        /** Copies the lists. */
        public Stopped {
            failed = List.copyOf(failed);
            left = List.copyOf(left);
        }
    }

    /**
     * This, when the source was taken to its end.
     *
     * @return this
     * @throws FlowFailedException when it ended before
     */
    default Fed<I> orThrow() {
        return switch (this) {
            case Whole<I> whole -> whole;
            case Stopped<I> stopped -> throw new FlowFailedException(stopped.failure());
        };
    }
}
