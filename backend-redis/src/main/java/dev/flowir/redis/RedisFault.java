package dev.flowir.redis;

import dev.flowir.kernel.cap.FaultKind;

/** What can go wrong with a server. Codes are stable; texts are not. */
public enum RedisFault {
    /** There is no connection now. Nothing was sent; a connection is sought with back-off. */
    AWAY("REDIS101", true),
    /** As much as {@link RedisBounds} allow is under way. Nothing was sent. */
    TOO_MUCH_UNDER_WAY("REDIS102", true),
    /** The connection was closed by its owner. Nothing was sent. */
    CLOSED("REDIS103", false),
    /** The server does not know this user or password, or does not let it do this. */
    DENIED("REDIS104", false),
    /** The server is older than 7.0, or is none. */
    UNSUPPORTED("REDIS105", false),

    /** It was sent, and no answer came: whether it was done is unknown. */
    NO_ANSWER("REDIS201", true),
    /** It was sent, and the caller was interrupted: whether it was done is unknown. */
    INTERRUPTED("REDIS202", true),

    /** The server's memory or disk is used up. Nothing was written. */
    FULL("REDIS301", true),
    /** The server loads its data, follows another, or runs a long script. Nothing was written. */
    NOT_READY("REDIS302", true),
    /** The server refused a command for another reason, which its text says. */
    REFUSED("REDIS303", false);

    private final String code;
    private final boolean retriable;

    RedisFault(String code, boolean retriable) {
        this.code = code;
        this.retriable = retriable;
    }

    /** {@return the stable code, for example {@code REDIS101}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case AWAY, NOT_READY -> FaultKind.UNAVAILABLE;
            case TOO_MUCH_UNDER_WAY -> FaultKind.THROTTLED;
            case CLOSED -> FaultKind.CLOSED;
            case DENIED -> FaultKind.DENIED;
            case UNSUPPORTED -> FaultKind.UNSUPPORTED;
            case NO_ANSWER -> FaultKind.UNKNOWN_OUTCOME;
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
