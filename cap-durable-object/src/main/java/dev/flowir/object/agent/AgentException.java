package dev.flowir.object.agent;

/** A refusal by an agent. Its message starts with the code. */
public final class AgentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final AgentFault fault;

    /** The message without the code. */
    private final String detail;

    AgentException(AgentFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
        this.detail = detail;
    }

    AgentException(AgentFault fault, String detail, Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
        this.detail = detail;
    }

    /** {@return what is wrong} */
    public AgentFault fault() {
        return fault;
    }

    String detail() {
        return detail;
    }
}
