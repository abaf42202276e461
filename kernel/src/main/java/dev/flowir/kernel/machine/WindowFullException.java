package dev.flowir.kernel.machine;

import dev.flowir.ir.Retriable;

/** The windows of a node hold as much as they may: a failure of the node, for one item. */
public final class WindowFullException extends RuntimeException implements Retriable {

    private static final long serialVersionUID = 1L;

    /** The code of this failure. */
    public static final String CODE = "RUN130";

    WindowFullException(String message) {
        super(CODE + ": " + message);
    }

    @Override
    public boolean isRetriable() {
        return false;
    }
}
