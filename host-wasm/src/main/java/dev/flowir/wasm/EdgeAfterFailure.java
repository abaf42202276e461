package dev.flowir.wasm;

/**
 * Makes the input of the durable run that follows one that gave no output.
 *
 * @param <I> input of the run that failed
 * @param <F> input of the run that follows
 */
@FunctionalInterface
public interface EdgeAfterFailure<I, F> {

    /**
     * The input. Must not wait, and gives the same for the same.
     *
     * @param run id of the run that failed, or was ended
     * @param input its input
     * @param why what its failure says
     * @return input of the run that follows
     */
    F input(String run, I input, String why);
}
