package dev.flowir.s3;

import dev.flowir.kernel.cap.FaultKind;

/** What can go wrong on the way to a server that speaks S3. Codes are stable; texts are not. */
public enum S3Fault {
    /** Nobody answers there, or nobody that is believed. Nothing was sent. */
    AWAY("BUCKET101", true),
    /** All connections are in use, or as many calls as may be are under way. Nothing was sent. */
    TOO_MUCH_UNDER_WAY("BUCKET102", true),
    /** The connection was closed by its owner. Nothing was sent. */
    CLOSED("BUCKET103", false),
    /** The server does not know this key, or does not let it do this. Nothing was done. */
    DENIED("BUCKET104", false),
    /** There is no such bucket. Nothing was done. */
    NO_BUCKET("BUCKET105", false),
    /** The server's clock and this machine's are too far apart for signatures. Nothing was done. */
    CLOCKS("BUCKET106", true),

    /** It was sent, and no answer came: whether it was done is unknown. */
    NO_ANSWER("BUCKET201", true),
    /** It was sent, and the caller was interrupted: whether it was done is unknown. */
    INTERRUPTED("BUCKET202", true),

    /** The server has no room left. What was there is still there. */
    FULL("BUCKET301", true),
    /** The server failed, or is asked too much. Whether it was done is unknown. */
    NOT_READY("BUCKET302", true),
    /** The server refused for another reason, which its text says. Nothing was done. */
    REFUSED("BUCKET303", false);

    private final String code;
    private final boolean retriable;

    S3Fault(String code, boolean retriable) {
        this.code = code;
        this.retriable = retriable;
    }

    /** {@return the stable code, for example {@code BUCKET101}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case AWAY, CLOCKS -> FaultKind.UNAVAILABLE;
            case TOO_MUCH_UNDER_WAY -> FaultKind.THROTTLED;
            case CLOSED -> FaultKind.CLOSED;
            case DENIED -> FaultKind.DENIED;
            case NO_BUCKET -> FaultKind.NOT_FOUND;
            case NO_ANSWER, NOT_READY -> FaultKind.UNKNOWN_OUTCOME;
            case INTERRUPTED -> FaultKind.CANCELLED;
            case FULL -> FaultKind.FULL;
            case REFUSED -> FaultKind.INVALID;
        };
    }

    /** {@return whether the same call may succeed later} */
    public boolean isRetriable() {
        return retriable;
    }
}
