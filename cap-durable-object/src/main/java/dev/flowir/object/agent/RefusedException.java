package dev.flowir.object.agent;

/**
 * Thrown by a method to refuse a call with a code of the application's own, which the client gets.
 * What the method wrote is not kept.
 */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The application's code. */
    private final String code;

    /**
     * A refusal.
     *
     * @param code for the client's program
     * @param message for people; goes to the client
     */
    public RefusedException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** {@return for the client's program} */
    public String code() {
        return code;
    }
}
