package dev.flowir.blob;

import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A refused or failed call. Its message starts with the code and says what would be right. */
public final class BlobException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final BlobFault fault;

    /**
     * A refusal; for providers.
     *
     * @param fault what is wrong
     * @param detail says it, without the code
     */
    public BlobException(BlobFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
    }

    /**
     * A failure; for providers.
     *
     * @param fault what is wrong
     * @param detail says it, without the code
     * @param cause what it follows from
     */
    public BlobException(BlobFault fault, String detail, Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
    }

    /** {@return what is wrong} */
    public BlobFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }
}
