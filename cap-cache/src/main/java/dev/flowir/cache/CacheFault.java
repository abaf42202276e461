package dev.flowir.cache;

import dev.flowir.kernel.cap.FaultKind;

/** What can be wrong with a cached node or a call. Codes are stable; texts are not. */
public enum CacheFault {
    /** The node writes, emits a stream, or reads through more than one capability. */
    NOT_CACHEABLE("CACHE101"),
    /** The node reads, and nothing says to which state of what it reads an answer belongs. */
    NO_PINS("CACHE102"),
    /** The key is empty, or longer than 1024 characters. */
    BAD_KEY("CACHE103"),
    /** Another attempt works the answer out, and it is not there when the run's time is over. */
    DEADLINE("CACHE104"),
    /** The answer has no text, which a cache that processes share needs. */
    NOT_WRITABLE("CACHE105");

    private final String code;

    CacheFault(String code) {
        this.code = code;
    }

    /** {@return the stable code, for example {@code CACHE101}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case NOT_CACHEABLE, NO_PINS, BAD_KEY, NOT_WRITABLE -> FaultKind.INVALID;
            case DEADLINE -> FaultKind.TIMEOUT;
        };
    }
}
