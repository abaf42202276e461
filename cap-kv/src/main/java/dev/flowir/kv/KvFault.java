package dev.flowir.kv;

import dev.flowir.kernel.cap.FaultKind;

/** What can be wrong with a call. Codes are stable; texts are not. Nothing was written. */
public enum KvFault {
    /** The key is empty. */
    EMPTY_KEY("KV101", 400),
    /** The key is {@code .} or {@code ..}, which URLs cannot carry. */
    DOT_KEY("KV102", 400),
    /** The key is longer than the profile allows. */
    KEY_TOO_LONG("KV103", 414),
    /** The key has half of a surrogate pair: it has no UTF-8 form. */
    KEY_NOT_UNICODE("KV104", 400),
    /** The value is larger than the profile allows. */
    VALUE_TOO_LARGE("KV105", 413),
    /** The metadata is larger than the profile allows. */
    METADATA_TOO_LARGE("KV106", 413),
    /** The metadata is no JSON text. */
    METADATA_NOT_JSON("KV107", 400),
    /** A time to live of zero or less. */
    TTL_NOT_POSITIVE("KV108", 400),
    /** A time to live that is positive and shorter than the profile allows. */
    TTL_TOO_SHORT("KV109", 400),
    /** More keys in one read than the profile allows. */
    TOO_MANY_KEYS("KV110", 400),
    /** The values of one read of many keys are larger together than the profile allows. */
    BULK_TOO_LARGE("KV111", 413),
    /** A page of less than one key, or of more than the profile allows. */
    BAD_LIMIT("KV112", 400),
    /** The cursor was not made by a list. */
    BAD_CURSOR("KV113", 400),
    /** A second write of one key sooner than the profile allows. */
    RATE_LIMITED("KV114", 429),
    /** More calls in one attempt than the profile allows. */
    TOO_MANY_OPERATIONS("KV115", 429),
    /** A cache time shorter than the profile allows. */
    CACHE_TTL_TOO_SHORT("KV116", 400),
    /** A list of entries whose names are hashes. */
    NOT_LISTED("KV117", 501),
    /** A value that cannot be decrypted. */
    SEALED("KV118", 500);

    private final String code;
    private final int status;

    KvFault(String code, int status) {
        this.code = code;
        this.status = status;
    }

    /**
     * The stable code.
     *
     * @return for example {@code KV103}
     */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case EMPTY_KEY,
                    DOT_KEY,
                    KEY_NOT_UNICODE,
                    METADATA_NOT_JSON,
                    TTL_NOT_POSITIVE,
                    TTL_TOO_SHORT,
                    BAD_LIMIT,
                    BAD_CURSOR,
                    CACHE_TTL_TOO_SHORT ->
                    FaultKind.INVALID;
            case KEY_TOO_LONG, VALUE_TOO_LARGE, METADATA_TOO_LARGE, TOO_MANY_KEYS, BULK_TOO_LARGE ->
                    FaultKind.TOO_LARGE;
            case RATE_LIMITED -> FaultKind.THROTTLED;
            case TOO_MANY_OPERATIONS -> FaultKind.QUOTA_EXCEEDED;
            case NOT_LISTED -> FaultKind.UNSUPPORTED;
            case SEALED -> FaultKind.CORRUPT;
        };
    }

    /**
     * The HTTP status that says the same.
     *
     * @return for example 413
     */
    public int status() {
        return status;
    }
}
