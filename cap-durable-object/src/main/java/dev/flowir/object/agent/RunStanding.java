package dev.flowir.object.agent;

/**
 * How a run stands.
 *
 * @param <O> what comes out
 */
public sealed interface RunStanding<O> {

    /**
     * There is none of this id.
     *
     * @param <O> what comes out
     */
    record Unknown<O>() implements RunStanding<O> {}

    /**
     * It goes on, or waits.
     *
     * @param <O> what comes out
     */
    record Running<O>() implements RunStanding<O> {}

    /**
     * It is over: what an agent is told.
     *
     * @param <O> what comes out
     */
    sealed interface Ended<O> extends RunStanding<O> {}

    /**
     * It has a value.
     *
     * @param value what came out
     * @param <O> what comes out
     */
    record Completed<O>(O value) implements Ended<O> {}

    /**
     * It has none, and will have none.
     *
     * @param code which failure
     * @param message what was wrong
     * @param <O> what comes out
     */
    record Failed<O>(String code, String message) implements Ended<O> {}
}
