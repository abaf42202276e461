package dev.flowir.object;

import dev.flowir.kernel.cap.FaultKind;

/** What can go wrong with an object. Codes are stable; texts are not. */
public enum ObjectFault {
    /** The name is empty, too long, or no Unicode text. */
    BAD_NAME("OBJ101", false),
    /** The id is none of this class. */
    FOREIGN_ID("OBJ102", false),
    /** The space was not given this class. */
    UNKNOWN_CLASS("OBJ103", false),
    /** The key is no Unicode text. */
    BAD_KEY("OBJ104", false),
    /** Key and value together are larger than the profile allows. */
    ENTRY_TOO_LARGE("OBJ105", false),
    /** A list of less than one entry, or of more than one list may give. */
    BAD_LIMIT("OBJ106", false),
    /** A write in a call that only reads. */
    READ_ONLY("OBJ107", false),
    /** The class has no alarm handler. */
    NO_ALARM("OBJ108", false),
    /** The context was used where it cannot mean what it says: outside of the object's turn. */
    MISPLACED("OBJ109", false),
    /** A call to an object while another one is kept from its next call. */
    HOLDS_ANOTHER("OBJ110", false),
    /** What is stored is no value of the type that was asked for. */
    NOT_READABLE("OBJ111", false),
    /** The value has no form that can be stored. */
    NOT_STORABLE("OBJ112", false),
    /** SQLite does not understand a statement, or the bindings are not those of its last one. */
    BAD_SQL("OBJ113", false),
    /** The statement begins or ends a transaction, sets something, or leaves the database. */
    SQL_NOT_ALLOWED("OBJ114", false),
    /** The statement, or a row, has more of something than the limits allow. */
    SQL_LIMIT("OBJ115", false),
    /** A constraint of the object's tables refused a row. */
    SQL_CONSTRAINT("OBJ116", false),
    /** One row was expected, and there is none, or there are more. */
    NOT_ONE_ROW("OBJ117", false),
    /** Entries and tables of the object together are larger than the limits allow. */
    OBJECT_TOO_LARGE("OBJ118", false),
    /** The bookmark is of another object, or older than what is kept, or nothing is kept. */
    BAD_BOOKMARK("OBJ119", false),
    /** The class was not given a call of this name. */
    UNKNOWN_CALL("OBJ120", false),
    /** A call by name threw; the detail is what. */
    CALL_FAILED("OBJ121", false),
    /** What was asked for is not there for objects that live elsewhere. */
    NOT_HERE("OBJ122", false),

    /** As many calls wait as may. Nothing was written. Repeating it at once makes it worse. */
    OVERLOADED("OBJ201", false),
    /** The call's time was over. Nothing was written after the last point where it was sure. */
    TIMED_OUT("OBJ202", false),
    /** The caller was interrupted. Nothing was written after the last point where it was sure. */
    WITHDRAWN("OBJ203", false),
    /** The object was given up while the call waited or ran. Nothing was written. */
    RESET("OBJ204", true),
    /** The object gave itself up. */
    ABORTED("OBJ205", true),
    /** The space is closed. Nothing was written. */
    CLOSED("OBJ206", false),
    /** A block that keeps all others out took too long, and the object was given up. */
    BLOCKED_TOO_LONG("OBJ207", true),
    /** Another space on the same store took the objects over. Nothing was written. */
    TAKEN_OVER("OBJ208", false),

    /** More tags, or longer ones, than a socket may have. */
    BAD_TAGS("OBJ301", false),
    /** What is attached to a socket is larger than it may be. */
    ATTACHMENT_TOO_LARGE("OBJ302", false),
    /** A text that is answered without waking the object, or its answer, is too long. */
    BAD_AUTO_RESPONSE("OBJ303", false),
    /** The object has as many open sockets as it may. */
    TOO_MANY_SOCKETS("OBJ304", false),
    /** The class has no handler of sockets. */
    NO_SOCKETS("OBJ305", false),
    /** A close code or reason that an application may not send. */
    BAD_CLOSE("OBJ306", false);

    private final String code;
    private final boolean retryable;

    ObjectFault(String code, boolean retryable) {
        this.code = code;
        this.retryable = retryable;
    }

    /** {@return the stable code, for example {@code OBJ201}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case BAD_NAME,
                    FOREIGN_ID,
                    BAD_KEY,
                    BAD_LIMIT,
                    MISPLACED,
                    HOLDS_ANOTHER,
                    NOT_READABLE,
                    NOT_STORABLE,
                    BAD_SQL,
                    NOT_ONE_ROW,
                    BAD_BOOKMARK,
                    BAD_TAGS,
                    BAD_AUTO_RESPONSE,
                    BAD_CLOSE ->
                    FaultKind.INVALID;
            case UNKNOWN_CLASS, UNKNOWN_CALL -> FaultKind.NOT_FOUND;
            case NO_ALARM, NO_SOCKETS, NOT_HERE -> FaultKind.UNSUPPORTED;
            case ENTRY_TOO_LARGE, SQL_LIMIT, ATTACHMENT_TOO_LARGE -> FaultKind.TOO_LARGE;
            case OBJECT_TOO_LARGE, TOO_MANY_SOCKETS -> FaultKind.QUOTA_EXCEEDED;
            case READ_ONLY, SQL_NOT_ALLOWED -> FaultKind.DENIED;
            case SQL_CONSTRAINT -> FaultKind.CONFLICT;
            case CALL_FAILED -> FaultKind.INTERNAL;
            case OVERLOADED -> FaultKind.THROTTLED;
            case TIMED_OUT -> FaultKind.TIMEOUT;
            case WITHDRAWN -> FaultKind.CANCELLED;
            case RESET, ABORTED, BLOCKED_TOO_LONG -> FaultKind.ABORTED;
            case CLOSED, TAKEN_OVER -> FaultKind.CLOSED;
        };
    }

    /** {@return true when the call itself was not at fault, and may well succeed if made again} */
    public boolean retryable() {
        return retryable;
    }
}
