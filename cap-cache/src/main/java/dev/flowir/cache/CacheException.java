package dev.flowir.cache;

import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A refusal. Its message starts with the code and says what would be right. */
public final class CacheException extends IllegalArgumentException
        implements Classified, Retriable {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final CacheFault fault;

    /**
     * A refusal; for providers.
     *
     * @param fault what is wrong
     * @param detail what would be right, without the code
     */
    public CacheException(CacheFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
    }

    /** {@return what is wrong} */
    public CacheFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    /** No repeat makes a node or a key another, and no time comes back. */
    @Override
    public boolean isRetriable() {
        return false;
    }
}
