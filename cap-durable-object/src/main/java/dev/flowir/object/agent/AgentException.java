package dev.flowir.object.agent;

import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** A refusal by an agent. Its message starts with the code. */
public final class AgentException extends RuntimeException implements Classified {

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

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    String detail() {
        return detail;
    }
}
