package dev.flowir.object;

import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A refused or failed call. Its message starts with the code. */
public final class ObjectException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final ObjectFault fault;

    /**
     * A failure.
     *
     * @param fault what is wrong
     * @param detail for people
     */
    public ObjectException(ObjectFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
    }

    /**
     * A failure with a cause.
     *
     * @param fault what is wrong
     * @param detail for people
     * @param cause what caused it
     */
    public ObjectException(ObjectFault fault, String detail, Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
    }

    /** {@return what is wrong} */
    public ObjectFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }
}
