package dev.flowir.sql;

import dev.flowir.kernel.cap.FaultKind;

/**
 * What can go wrong with SQL. Codes and texts follow Cloudflare D1 where it has them, so that code
 * which looks at them behaves the same on both.
 */
public enum SqlFault {
    /** SQL that the database does not take. */
    STATEMENT("D1_ERROR", false),
    /** A constraint of the schema refused a row. */
    CONSTRAINT("D1_ERROR", false),
    /** A limit of the profile is exceeded; the message names it and what helps. */
    LIMIT("D1_ERROR", false),
    /** The statement is not for this handle: BEGIN, a write by a reader, a table of the store. */
    REFUSED("D1_ERROR", false),
    /** A parameter or column has another type than it must. */
    TYPE("D1_TYPE_ERROR", false),
    /** There is no such column in the answer. */
    COLUMN("D1_COLUMN_NOTFOUND", false),
    /** A line of a script failed. */
    EXEC("D1_EXEC_ERROR", false),
    /** Too much is waiting, or a lock is held; nothing was written. */
    OVERLOADED("D1_ERROR", true),
    /** The time for a statement is over; nothing was written. */
    TIMED_OUT("D1_ERROR", true),
    /** The caller was interrupted; nothing was written. */
    INTERRUPTED("D1_ERROR", true),
    /** The disk is full; nothing was written. */
    DISK_FULL("D1_ERROR", true),
    /** The database cannot be used: closed, read-only after a failure, or not there. */
    UNAVAILABLE("D1_ERROR", false),
    /** The commit failed; a restart may find it written or not. */
    UNKNOWN_OUTCOME("D1_ERROR", false);

    private final String code;
    private final boolean retryable;

    SqlFault(String code, boolean retryable) {
        this.code = code;
        this.retryable = retryable;
    }

    /** {@return the code that messages start with, for example {@code D1_ERROR}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case STATEMENT, TYPE, EXEC -> FaultKind.INVALID;
            case COLUMN -> FaultKind.NOT_FOUND;
            case CONSTRAINT -> FaultKind.CONFLICT;
            case LIMIT -> FaultKind.TOO_LARGE;
            case REFUSED -> FaultKind.DENIED;
            case OVERLOADED -> FaultKind.THROTTLED;
            case TIMED_OUT -> FaultKind.TIMEOUT;
            case INTERRUPTED -> FaultKind.CANCELLED;
            case DISK_FULL -> FaultKind.FULL;
            case UNAVAILABLE -> FaultKind.CLOSED;
            case UNKNOWN_OUTCOME -> FaultKind.UNKNOWN_OUTCOME;
        };
    }

    /** {@return true when nothing was written and the same call may succeed later} */
    public boolean retryable() {
        return retryable;
    }
}
