package dev.flowir.kv;

import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A refused call. Its message starts with the code and says what would be right. */
public final class KvException extends RuntimeException implements Classified {

    /** What is wrong. */
    private final KvFault fault;

    /**
     * A refusal, for whoever keeps entries elsewhere.
     *
     * @param fault what is wrong
     * @param detail what would be right, without the code
     */
    public KvException(KvFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
    }

    /**
     * What is wrong.
     *
     * @return the fault
     */
    public KvFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }
}
