package dev.flowir.kv;

/** A refused call. Its message starts with the code and says what would be right. */
public final class KvException extends RuntimeException {

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
}
