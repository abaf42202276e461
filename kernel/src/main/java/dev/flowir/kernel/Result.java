package dev.flowir.kernel;

/**
 * How a run ended: with a value or with a failure. The value of a flow that streams is an {@link
 * dev.flowir.ir.ItemStream}.
 *
 * @param <T> type of the value
 */
public sealed interface Result<T> {

    /**
     * The captured output.
     *
     * @param value the output
     * @param <T> its type
     */
    record Value<T>(T value) implements Result<T> {}

    /**
     * No output.
     *
     * @param failure why
     * @param <T> type that the output would have had
     */
    record Failed<T>(Failure failure) implements Result<T> {}

    /**
     * The value.
     *
     * @return the value
     * @throws FlowFailedException when the run failed
     */
    default T orThrow() {
        return switch (this) {
            case Value<T> value -> value.value();
            case Failed<T> failed -> throw new FlowFailedException(failed.failure());
        };
    }
}
