package dev.flowir.ir;

/** Thrown into a body whose attempt was given up: cancelled, timed out or superseded. */
public final class AttemptEndedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * An end for {@code reason}.
     *
     * @param reason why, for people
     */
    public AttemptEndedException(String reason) {
        super(reason);
    }
}
