package dev.flowir.kernel;

/**
 * An input of a {@link Feed} that gave a failure instead of an output.
 *
 * @param input the input
 * @param number which one it was, from 0, in the order of the source
 * @param failure why
 * @param <I> type of the input
 */
public record FailedInput<I>(I input, long number, Failure failure) {}
