package dev.flowir.ir;

/**
 * What a body throws when another attempt cannot help: no retry follows, whatever the node says.
 */
public class NonRetryableException extends RuntimeException implements Retriable {

    private static final long serialVersionUID = 1;

    /**
     * With a reason.
     *
     * @param message what is wrong, for example {@code card declined}
     */
    public NonRetryableException(String message) {
        super(message);
    }

    /**
     * With a reason and what led to it.
     *
     * @param message what is wrong
     * @param cause what led to it
     */
    public NonRetryableException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public final boolean isRetriable() {
        return false;
    }
}
