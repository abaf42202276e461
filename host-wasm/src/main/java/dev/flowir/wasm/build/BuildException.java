package dev.flowir.wasm.build;

/** A worker cannot be built. */
public final class BuildException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * A refusal.
     *
     * @param message what is wrong and where
     */
    public BuildException(String message) {
        super(message);
    }

    /**
     * A refusal with its cause.
     *
     * @param message what is wrong and where
     * @param cause what was thrown
     */
    public BuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
