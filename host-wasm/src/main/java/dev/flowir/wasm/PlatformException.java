package dev.flowir.wasm;

import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A call of the platform failed for a reason of its own; trying again may help. */
public final class PlatformException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1;

    PlatformException(String message) {
        super(message);
    }

    /** The platform's calls do not say how far they came. */
    @Override
    public FaultKind kind() {
        return FaultKind.INTERNAL;
    }
}
