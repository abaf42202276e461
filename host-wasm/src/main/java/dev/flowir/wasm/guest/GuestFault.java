package dev.flowir.wasm.guest;

import dev.flowir.kernel.cap.FaultKind;

/** What can be wrong with a guest. Codes are stable; texts are not. */
public enum GuestFault {
    /** The text is no module of its language, or asks at its load for what guests do not have. */
    NOT_LOADED("GUEST101"),
    /** The module does not export what the node asks for. */
    NO_FUNCTION("GUEST102"),
    /** One of the limits is out of its bounds. */
    BAD_LIMIT("GUEST103"),
    /** A call took more processor time than its limit; it was stopped. */
    OUT_OF_TIME("GUEST201"),
    /** A call made more bytes than its limit, or reached too deep; it was stopped. */
    OUT_OF_MEMORY("GUEST202"),
    /** The guest's code threw, or trapped. */
    THREW("GUEST203"),
    /** What the guest answered, or asked of a port, is not what was agreed. */
    BAD_ANSWER("GUEST204"),
    /** The input, the answer, or what passes through a port, is too long. */
    TOO_LARGE("GUEST205"),
    /** The guest was closed. */
    CLOSED("GUEST206");

    private final String code;

    GuestFault(String code) {
        this.code = code;
    }

    /** {@return the stable code, for example {@code GUEST201}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case NOT_LOADED, BAD_LIMIT -> FaultKind.INVALID;
            case NO_FUNCTION -> FaultKind.NOT_FOUND;
            case OUT_OF_TIME -> FaultKind.TIMEOUT;
            case OUT_OF_MEMORY, TOO_LARGE -> FaultKind.TOO_LARGE;
            case THREW, BAD_ANSWER -> FaultKind.INTERNAL;
            case CLOSED -> FaultKind.CLOSED;
        };
    }
}
