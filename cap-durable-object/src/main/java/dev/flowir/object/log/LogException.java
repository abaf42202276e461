package dev.flowir.object.log;

/** Something that a log refuses. Its message starts with the code. */
public final class LogException extends RuntimeException {

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
}
