package dev.flowir.object.log;

import dev.flowir.kernel.cap.FaultKind;

/** What can go wrong with a log. Codes are stable; texts are not. */
public enum LogFault {
    /** An id, a type or another word of an event is empty, too long, or has other characters. */
    BAD_EVENT("LOG101"),
    /** The event is larger than {@link LogOptions#maxEventBytes()}. */
    EVENT_TOO_LARGE("LOG102"),
    /** The reducer does not give the same for the same, or changes what it is given. */
    IMPURE_REDUCER("LOG103"),
    /** The reducer holds something, so what it gives may depend on it. */
    CAPTURING_REDUCER("LOG104"),
    /** What is stored is not what was appended: a row was changed, or is missing. */
    CHANGED("LOG105"),
    /** A part of the archive is missing, or not what was put there. */
    ARCHIVE_CHANGED("LOG106"),
    /** An event or a state has no JSON form. */
    NOT_STORABLE("LOG107"),
    /** As many subscribers as may are there. */
    TOO_MANY_SUBSCRIBERS("LOG108"),
    /** The log was used while its reducer ran. */
    REDUCING("LOG109");

    private final String code;

    LogFault(String code) {
        this.code = code;
    }

    /** {@return the stable code, for example {@code LOG103}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case BAD_EVENT, IMPURE_REDUCER, CAPTURING_REDUCER, NOT_STORABLE, REDUCING ->
                    FaultKind.INVALID;
            case EVENT_TOO_LARGE -> FaultKind.TOO_LARGE;
            case CHANGED, ARCHIVE_CHANGED -> FaultKind.CORRUPT;
            case TOO_MANY_SUBSCRIBERS -> FaultKind.QUOTA_EXCEEDED;
        };
    }
}
