package dev.flowir.cli;

/** The command cannot do what it was asked; the message says what and why. */
final class RefusedCommand extends RuntimeException {

    private static final long serialVersionUID = 1;

    RefusedCommand(String message) {
        super(message, null, false, false);
    }
}
