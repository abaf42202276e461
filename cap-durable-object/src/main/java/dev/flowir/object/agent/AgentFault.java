package dev.flowir.object.agent;

import dev.flowir.kernel.cap.FaultKind;

/** What clients of an agent are refused, and what its own calls are. Codes are stable. */
public enum AgentFault {
    /** The message is none that agents know. */
    BAD_MESSAGE("AGT101"),
    /** The agent has declared no such method. */
    UNKNOWN_METHOD("AGT102"),
    /** The argument, or the pushed state, is not of its type. */
    BAD_ARGUMENT("AGT103"),
    /** The connection may only look. */
    READ_ONLY("AGT104"),
    /** The check of the state has refused it. */
    STATE_REFUSED("AGT105"),
    /** The state was pushed on top of one that is not the latest. */
    STALE_STATE("AGT106"),
    /** The agent has declared no such task or run. */
    UNKNOWN_TASK("AGT107"),
    /**
     * An interval that is too short, moments that never come, an id of a run that is none, or more
     * schedules than there may be.
     */
    BAD_SCHEDULE("AGT108"),
    /** A value has no JSON form. */
    NOT_SENDABLE("AGT110"),
    /** A method threw; nothing of what it wrote is kept. */
    METHOD_FAILED("AGT201");

    private final String code;

    AgentFault(String code) {
        this.code = code;
    }

    /** {@return the stable code, for example {@code AGT101}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case BAD_MESSAGE, BAD_ARGUMENT, STATE_REFUSED, BAD_SCHEDULE, NOT_SENDABLE ->
                    FaultKind.INVALID;
            case UNKNOWN_METHOD, UNKNOWN_TASK -> FaultKind.NOT_FOUND;
            case READ_ONLY -> FaultKind.DENIED;
            case STALE_STATE -> FaultKind.CONFLICT;
            case METHOD_FAILED -> FaultKind.INTERNAL;
        };
    }
}
