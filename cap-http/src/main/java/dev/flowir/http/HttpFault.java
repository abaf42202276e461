package dev.flowir.http;

import dev.flowir.kernel.cap.FaultKind;

/**
 * What went wrong with a call. Codes are stable; texts are not. The first digit says how far the
 * call came: 1 nothing was sent, 2 the connection failed, 3 the service answered.
 */
public enum HttpFault {
    /** The target is no address, or has a user name or a fragment in it. */
    BAD_TARGET("CALL101", Reach.NOTHING_SENT, Again.USELESS),
    /** Scheme, host and port together are not on the endpoint's list. */
    EGRESS_REFUSED("CALL102", Reach.NOTHING_SENT, Again.USELESS),
    /** The host has an address inside the private network, and those are not allowed. */
    PRIVATE_ADDRESS("CALL103", Reach.NOTHING_SENT, Again.USELESS),
    /** A header has a name or value that cannot be sent. */
    BAD_HEADER("CALL104", Reach.NOTHING_SENT, Again.USELESS),
    /** The body of the request is larger than allowed. */
    REQUEST_TOO_LARGE("CALL105", Reach.UNKNOWN, Again.USELESS),
    /** The body of the request could not be read. */
    REQUEST_BODY("CALL106", Reach.UNKNOWN, Again.USELESS),
    /** More calls per second than the endpoint allows. */
    RATE_LIMITED("CALL107", Reach.NOTHING_SENT, Again.MAY_HELP),
    /** The service failed so often that it is left alone for a while. */
    CIRCUIT_OPEN("CALL108", Reach.NOTHING_SENT, Again.MAY_HELP),
    /** More calls at the same time than the endpoint allows. */
    TOO_MANY_CALLS("CALL109", Reach.NOTHING_SENT, Again.MAY_HELP),
    /** The endpoint was closed. */
    CLOSED("CALL110", Reach.NOTHING_SENT, Again.USELESS),
    /** The host's name has no address. */
    UNKNOWN_HOST("CALL201", Reach.NOTHING_SENT, Again.MAY_HELP),
    /** No connection came about. */
    CONNECT_FAILED("CALL202", Reach.NOTHING_SENT, Again.MAY_HELP),
    /** No connection came about in time. */
    CONNECT_TIMEOUT("CALL203", Reach.NOTHING_SENT, Again.MAY_HELP),
    /** The service could not prove who it is. */
    TLS_FAILED("CALL204", Reach.NOTHING_SENT, Again.USELESS),
    /** The service did not begin to answer in time. */
    FIRST_BYTE_TIMEOUT("CALL205", Reach.UNKNOWN, Again.MAY_HELP),
    /** Nothing came for too long in the middle of a reply. */
    IDLE_TIMEOUT("CALL206", Reach.UNKNOWN, Again.MAY_HELP),
    /** The call took longer than it may as a whole. */
    WHOLE_TIMEOUT("CALL207", Reach.UNKNOWN, Again.MAY_HELP),
    /** The run's deadline passed during the call. */
    DEADLINE("CALL208", Reach.UNKNOWN, Again.USELESS),
    /** The attempt was given up during the call. */
    CANCELLED("CALL209", Reach.UNKNOWN, Again.USELESS),
    /** The connection was lost before the reply was whole. */
    CONNECTION_LOST("CALL210", Reach.UNKNOWN, Again.MAY_HELP),
    /** What came back is no HTTP. */
    BAD_REPLY("CALL211", Reach.UNKNOWN, Again.MAY_HELP),
    /** The body of the reply is larger than allowed. */
    REPLY_TOO_LARGE("CALL301", Reach.ANSWERED, Again.USELESS),
    /** The headers of the reply are larger than allowed. */
    HEADERS_TOO_LARGE("CALL302", Reach.ANSWERED, Again.USELESS),
    /** More redirects than allowed, or one without a usable address. */
    BAD_REDIRECT("CALL303", Reach.ANSWERED, Again.USELESS),
    /** The status is not the one asked for; {@link HttpException#status()} says which it is. */
    STATUS("CALL304", Reach.ANSWERED, Again.BY_STATUS),
    /** The reply is no stream of events. */
    NOT_EVENTS("CALL305", Reach.ANSWERED, Again.USELESS),
    /** One event is larger than allowed. */
    EVENT_TOO_LARGE("CALL306", Reach.ANSWERED, Again.USELESS);

    /** How far a call came. */
    public enum Reach {
        /** The service knows nothing of it. */
        NOTHING_SENT,
        /** The service may have done what was asked. */
        UNKNOWN,
        /** The service answered. */
        ANSWERED
    }

    /** Whether a repeat can help. */
    enum Again {
        USELESS,
        MAY_HELP,
        BY_STATUS
    }

    private final String code;
    private final Reach reach;
    private final Again again;

    HttpFault(String code, Reach reach, Again again) {
        this.code = code;
        this.reach = reach;
        this.again = again;
    }

    /** {@return the stable code, for example {@code CALL203}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case BAD_TARGET, BAD_HEADER -> FaultKind.INVALID;
            case EGRESS_REFUSED, PRIVATE_ADDRESS, TLS_FAILED -> FaultKind.DENIED;
            case REQUEST_TOO_LARGE -> FaultKind.TOO_LARGE;
            case RATE_LIMITED, TOO_MANY_CALLS -> FaultKind.THROTTLED;
            case CIRCUIT_OPEN, UNKNOWN_HOST, CONNECT_FAILED, CONNECT_TIMEOUT ->
                    FaultKind.UNAVAILABLE;
            case CLOSED -> FaultKind.CLOSED;
            case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, WHOLE_TIMEOUT, DEADLINE -> FaultKind.TIMEOUT;
            case CANCELLED -> FaultKind.CANCELLED;
            case CONNECTION_LOST -> FaultKind.UNKNOWN_OUTCOME;
            case REQUEST_BODY,
                    BAD_REPLY,
                    REPLY_TOO_LARGE,
                    HEADERS_TOO_LARGE,
                    BAD_REDIRECT,
                    STATUS,
                    NOT_EVENTS,
                    EVENT_TOO_LARGE ->
                    FaultKind.INTERNAL;
        };
    }

    /** {@return how far the call came} */
    public Reach reach() {
        return reach;
    }

    Again again() {
        return again;
    }
}
