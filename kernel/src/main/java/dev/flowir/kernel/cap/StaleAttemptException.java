package dev.flowir.kernel.cap;

/** A late effect of an attempt that was given up. */
public final class StaleAttemptException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1;

    /**
     * A refusal that says whose effect is refused.
     *
     * @param message whose effect is refused
     */
    public StaleAttemptException(String message) {
        super(message);
    }

    /** What the attempt may do has ended with it. */
    @Override
    public FaultKind kind() {
        return FaultKind.EXPIRED;
    }
}
