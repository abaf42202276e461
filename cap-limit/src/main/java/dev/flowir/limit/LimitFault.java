package dev.flowir.limit;

import dev.flowir.kernel.cap.FaultKind;

/** What can be wrong with a call. Codes are stable; texts are not. Nothing was taken. */
public enum LimitFault {
    /** The key is empty, longer than 512 bytes of UTF-8, or has half of a surrogate pair. */
    BAD_KEY("RATE101"),
    /** Less than one permit, or more than a full bucket ever holds. */
    BAD_PERMITS("RATE102"),
    /** There is no permit now, nor within the time that the caller waits. */
    EXCEEDED("RATE103"),
    /** More buckets are in use at the same time than the provider keeps. */
    TOO_MANY_KEYS("RATE104");

    private final String code;

    LimitFault(String code) {
        this.code = code;
    }

    /** {@return the stable code, for example {@code RATE103}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case BAD_KEY, BAD_PERMITS -> FaultKind.INVALID;
            case EXCEEDED -> FaultKind.THROTTLED;
            case TOO_MANY_KEYS -> FaultKind.FULL;
        };
    }
}
