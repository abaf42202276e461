package dev.flowir.object.log;

import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;

/** Something that a log refuses. Its message starts with the code. */
public final class LogException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    private final LogFault fault;

    LogException(LogFault fault, String detail) {
        super("[" + fault.code() + "] " + detail);
        this.fault = fault;
    }

    LogException(LogFault fault, String detail, Throwable cause) {
        super("[" + fault.code() + "] " + detail, cause);
        this.fault = fault;
    }

    /** {@return what is wrong} */
    public LogFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }
}
