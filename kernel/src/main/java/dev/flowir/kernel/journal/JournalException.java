package dev.flowir.kernel.journal;

import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A coded failure around durable runs. Its message starts with the code. */
public final class JournalException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1;

    /** Which kind. */
    private final JournalFault fault;

    /** The message without its code. */
    private final String detail;

    /**
     * A failure.
     *
     * @param fault which kind
     * @param detail what happened, where, and what to do about it
     */
    public JournalException(JournalFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
        this.detail = detail;
    }

    /**
     * A failure with a cause.
     *
     * @param fault which kind
     * @param detail what happened, where, and what to do about it
     * @param cause what led to it
     */
    public JournalException(JournalFault fault, String detail, Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
        this.detail = detail;
    }

    /** {@return which kind} */
    public JournalFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    /** {@return the message without its code} */
    public String detail() {
        return detail;
    }
}
