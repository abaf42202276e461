package dev.flowir.kernel;

/** A run that failed, for callers that want an exception. */
public final class FlowFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    /**
     * An exception for {@code failure}; the cause is the body's, when a body failed.
     *
     * @param failure why it failed
     */
    public FlowFailedException(Failure failure) {
        super(failure.code() + " " + failure.message());
        this.failure = failure;
        if (failure instanceof Failure.NodeFailed failed) {
            initCause(failed.cause());
        }
    }

    /** {@return why the run failed} */
    public Failure failure() {
        return failure;
    }
}
