package dev.flowir.ir.plan;

/**
 * What a failed attempt leads to.
 *
 * @param strategy what happens in the end
 * @param maxRetries attempts after the first, zero or more
 * @param backoffMillis wait before each repeat
 */
public record ErrorPolicy(Strategy strategy, int maxRetries, long backoffMillis) {

    /** Retries of an error handler that names no number. */
    public static final int DEFAULT_RETRIES = 3;

    /** What an error handler asks for. */
    public enum Strategy {
        /** The run fails. */
        FAIL,
        /** The attempt is repeated; when no retry is left, the run fails. */
        RETRY,
        /** The item ends here and the run goes on. */
        CONTINUE
    }

    /** No handler: the run fails. */
    public static final ErrorPolicy FAIL = new ErrorPolicy(Strategy.FAIL, 0, 0);
}
