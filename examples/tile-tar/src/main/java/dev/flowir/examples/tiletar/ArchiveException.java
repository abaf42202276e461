package dev.flowir.examples.tiletar;

import dev.flowir.kernel.Failure;

/** An archive did not become whole. */
final class ArchiveException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    ArchiveException(Failure failure) {
        super(failure.code() + ": " + failure.message());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
