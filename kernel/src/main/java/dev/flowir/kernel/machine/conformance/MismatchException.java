package dev.flowir.kernel.machine.conformance;

/** A machine did something else than it must. */
public final class MismatchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MismatchException(String message) {
        super(message);
    }
}
