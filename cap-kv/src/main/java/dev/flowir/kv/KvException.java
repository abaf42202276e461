package dev.flowir.kv;

/** A refused call. Its message starts with the code and says what would be right. */
public final class KvException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final KvFault fault;

    KvException(KvFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
    }

    /** What is wrong. */
    public KvFault fault() {
        return fault;
    }
}
