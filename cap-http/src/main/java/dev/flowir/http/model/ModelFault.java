package dev.flowir.http.model;

import dev.flowir.kernel.cap.FaultKind;

/**
 * What went wrong when a model was asked. Codes are stable; texts are not. The first digit says
 * whose it is: 1 the question's, 2 the way's, 3 the service's, 4 the answer's.
 */
public enum ModelFault {
    /** The question cannot be asked like this; nothing was sent. */
    BAD_QUESTION("MODEL101", false),
    /** The question is larger than the endpoint or the model takes. */
    TOO_LARGE("MODEL102", false),
    /** The call failed before the service answered; the cause says how. */
    CALL_FAILED("MODEL201", true),
    /** The run's deadline passed, or the attempt was given up. */
    CANCELLED("MODEL202", false),
    /** The service has no room now. */
    BUSY("MODEL301", true),
    /** What may be used is used up. */
    QUOTA("MODEL302", false),
    /** The service does not take the question. */
    REFUSED("MODEL303", false),
    /** The service has no such model. */
    NO_SUCH_MODEL("MODEL304", false),
    /** The service does not let this caller ask. */
    NOT_ALLOWED("MODEL305", false),
    /** The service failed at its work, or took too long. */
    SERVICE_FAILED("MODEL306", true),
    /** The answer is not what such a service says. */
    BAD_ANSWER("MODEL401", false),
    /** The stream ended before the answer did. */
    CUT_OFF("MODEL402", true),
    /** The answer is larger than allowed. */
    ANSWER_TOO_LARGE("MODEL403", false),
    /** A structured answer is not of the structure that was asked for. */
    NOT_STRUCTURED("MODEL404", true);

    private final String code;
    private final boolean passes;

    ModelFault(String code, boolean passes) {
        this.code = code;
        this.passes = passes;
    }

    /** {@return the stable code, for example {@code MODEL301}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case BAD_QUESTION, REFUSED -> FaultKind.INVALID;
            case TOO_LARGE -> FaultKind.TOO_LARGE;
            case CALL_FAILED, CUT_OFF -> FaultKind.UNKNOWN_OUTCOME;
            case CANCELLED -> FaultKind.CANCELLED;
            case BUSY -> FaultKind.THROTTLED;
            case QUOTA -> FaultKind.QUOTA_EXCEEDED;
            case NO_SUCH_MODEL -> FaultKind.NOT_FOUND;
            case NOT_ALLOWED -> FaultKind.DENIED;
            case SERVICE_FAILED, BAD_ANSWER, ANSWER_TOO_LARGE, NOT_STRUCTURED -> FaultKind.INTERNAL;
        };
    }

    /** Whether another attempt can help, unless the cause knows better. */
    boolean passes() {
        return passes;
    }
}
