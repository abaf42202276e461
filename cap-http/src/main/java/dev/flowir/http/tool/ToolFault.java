package dev.flowir.http.tool;

import dev.flowir.kernel.cap.FaultKind;

/**
 * What went wrong with a call of a tool. Codes are stable; texts are not. The first digit says
 * whose it is: 1 the call's, 2 the way's, 3 the server's, 4 the answer's.
 */
public enum ToolFault {
    /** The call has no name of a tool, or arguments that are no object; nothing was sent. */
    BAD_CALL("TOOL101"),
    /** A reader asks a tool that is not known to only read; nothing was sent. */
    NOT_READING("TOOL102"),
    /** The call failed before the server answered; the cause says how. */
    CALL_FAILED("TOOL201"),
    /** The run's deadline passed, or the attempt was given up; the server was told. */
    CANCELLED("TOOL202"),
    /** The tool took longer than it may; the server was told. */
    TIMED_OUT("TOOL203"),
    /** The server has no room now; nothing was done. */
    BUSY("TOOL301"),
    /** The server does not let this caller in. */
    NOT_ALLOWED("TOOL302"),
    /** The server does not take the call. */
    REFUSED("TOOL303"),
    /** The server has no such tool. */
    NO_SUCH_TOOL("TOOL304"),
    /** The server failed; what was done is not known. */
    SERVER_FAILED("TOOL305"),
    /** The server speaks none of the protocol's versions that are known here. */
    BAD_VERSION("TOOL306"),
    /** What came back is no answer of the protocol. */
    BAD_ANSWER("TOOL401"),
    /** A stream of events ended before the answer came. */
    CUT_OFF("TOOL402"),
    /** The server lists more tools than allowed. */
    TOO_MANY_TOOLS("TOOL403"),
    /** The tool itself says that it failed. */
    TOOL_FAILED("TOOL404");

    private final String code;

    ToolFault(String code) {
        this.code = code;
    }

    /** {@return the stable code, for example {@code TOOL304}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case BAD_CALL, REFUSED -> FaultKind.INVALID;
            case NOT_READING, NOT_ALLOWED -> FaultKind.DENIED;
            case CALL_FAILED, CUT_OFF -> FaultKind.UNKNOWN_OUTCOME;
            case CANCELLED -> FaultKind.CANCELLED;
            case TIMED_OUT -> FaultKind.TIMEOUT;
            case BUSY -> FaultKind.THROTTLED;
            case NO_SUCH_TOOL -> FaultKind.NOT_FOUND;
            case BAD_VERSION -> FaultKind.UNSUPPORTED;
            case SERVER_FAILED, BAD_ANSWER, TOO_MANY_TOOLS, TOOL_FAILED -> FaultKind.INTERNAL;
        };
    }
}
