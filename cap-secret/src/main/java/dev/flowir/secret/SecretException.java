package dev.flowir.secret;

import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A refused call. Its message starts with the code and says what would be right. */
public final class SecretException extends RuntimeException implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final SecretFault fault;

    /**
     * A refusal; for providers.
     *
     * @param fault what is wrong
     * @param detail says it, without the code and without a secret
     */
    public SecretException(SecretFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
    }

    /** {@return what is wrong} */
    public SecretFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    /** Whether another attempt can help: only what cannot be read now may be readable later. */
    @Override
    public boolean isRetriable() {
        return fault == SecretFault.UNREADABLE;
    }
}
