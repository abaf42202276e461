package dev.flowir.examples.tiletar;

import java.io.IOException;

/** An archive without its end, or without all of its tiles: never a success. */
final class IncompleteArchiveException extends IOException {

    private static final long serialVersionUID = 1;

    IncompleteArchiveException(String message) {
        super(message);
    }
}
