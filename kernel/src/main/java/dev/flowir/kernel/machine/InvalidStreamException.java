package dev.flowir.kernel.machine;

/** A node that is not the flow's output gave a stream. */
public final class InvalidStreamException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidStreamException(String message) {
        super(message);
    }
}
