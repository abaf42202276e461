package dev.flowir.dedupe;

import dev.flowir.kernel.cap.FaultKind;

/** What can be wrong with a call. Codes are stable; texts are not. */
public enum DedupeFault {
    /** The key is empty, longer than 512 bytes of UTF-8, or has half of a surrogate pair. */
    BAD_KEY("DEDUP101"),
    /** Another work has the key and has not committed. */
    IN_PROGRESS("DEDUP102"),
    /** The lease ended before the commit, and another work has the key. */
    LEASE_LOST("DEDUP103"),
    /** More keys are kept than the provider has room for. */
    TOO_MANY_KEYS("DEDUP104");

    private final String code;

    DedupeFault(String code) {
        this.code = code;
    }

    /** {@return the stable code, for example {@code DEDUP103}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case BAD_KEY -> FaultKind.INVALID;
            case IN_PROGRESS -> FaultKind.ABORTED;
            case LEASE_LOST -> FaultKind.EXPIRED;
            case TOO_MANY_KEYS -> FaultKind.FULL;
        };
    }
}
