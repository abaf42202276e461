package dev.flowir.secret;

import dev.flowir.kernel.cap.FaultKind;

/** What can be wrong with a call. Codes are stable; texts are not. */
public enum SecretFault {
    /** The name has letters that no vault allows, or too many. */
    BAD_NAME("SECR101"),
    /** There is no secret of the name. */
    UNKNOWN_NAME("SECR102"),
    /** The secret is there and cannot be read, is empty, or is longer than 64 KiB. */
    UNREADABLE("SECR103");

    private final String code;

    SecretFault(String code) {
        this.code = code;
    }

    /** {@return the stable code, for example {@code SECR102}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case BAD_NAME -> FaultKind.INVALID;
            case UNKNOWN_NAME -> FaultKind.NOT_FOUND;
            case UNREADABLE -> FaultKind.UNAVAILABLE;
        };
    }
}
