package dev.flowir.sql;

import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;
import org.jspecify.annotations.Nullable;

/** A coded failure of SQL. Its message is {@code <code>: <text>}. */
public final class SqlException extends RuntimeException implements Classified {

    private static final long serialVersionUID = 1;

    /** Which kind. */
    private final SqlFault fault;

    /**
     * A failure without a cause.
     *
     * @param fault which kind
     * @param text what happened
     */
    public SqlException(SqlFault fault, String text) {
        this(fault, text, null);
    }

    /**
     * A failure.
     *
     * @param fault which kind
     * @param text what happened
     * @param cause what caused it
     */
    public SqlException(SqlFault fault, String text, @Nullable Throwable cause) {
        super(fault.code() + ": " + text, cause);
        this.fault = fault;
    }

    /** {@return what went wrong} */
    public SqlFault fault() {
        return fault;
    }

    @Override
    public FaultKind kind() {
        return fault.kind();
    }

    /** {@return the message without the code} */
    public String text() {
        return String.valueOf(getMessage()).substring(fault.code().length() + 2);
    }
}
