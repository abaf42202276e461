package dev.flowir.wasm;

/** A call of the platform failed for a reason of its own; trying again may help. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PlatformException(String message) {
        super(message);
    }
}
