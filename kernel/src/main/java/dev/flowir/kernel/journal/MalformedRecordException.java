package dev.flowir.kernel.journal;

/** A record that cannot be read; whoever knows its place says so. */
final class MalformedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedRecordException(String message) {
        super(message);
    }
}
