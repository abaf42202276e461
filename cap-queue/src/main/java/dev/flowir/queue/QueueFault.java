package dev.flowir.queue;

import dev.flowir.kernel.cap.FaultKind;

/**
 * What can be wrong with a call. Codes are stable; texts are not. Where Cloudflare has a number for
 * it ({@code queues/reference/error-codes}), the code is {@code QUEUE} and that number.
 */
public enum QueueFault {
    /** No queue has this name. */
    NOT_FOUND("QUEUE10104", 404),
    /** A delay is negative or longer than the profile allows. */
    BAD_DELAY("QUEUE10202", 400),
    /** One message is larger than the profile allows. */
    MESSAGE_TOO_LARGE("QUEUE10204", 413),
    /** The messages of one send are larger together than the profile allows. */
    BATCH_TOO_LARGE("QUEUE10205", 413),
    /** More messages in one send than the profile allows. */
    TOO_MANY_IN_BATCH("QUEUE10206", 413),
    /** A body that should be JSON is none. */
    BODY_NOT_JSON("QUEUE10207", 400),
    /** More messages in a second than the profile allows: {@code Too Many Requests}. */
    TOO_MANY_REQUESTS("QUEUE10250", 429),
    /** The queue is full: {@code Storage Limit Exceeded}. */
    STORAGE_LIMIT("QUEUE10251", 507),

    /** A send of no message. */
    EMPTY_BATCH("QUEUE101", 400),
    /** A name that no queue can have. */
    BAD_NAME("QUEUE102", 400),
    /** A setting outside of what the profile allows. */
    BAD_SETTING("QUEUE103", 400),
    /** The settings name a dead-letter queue that is not there, or lead back to the queue. */
    BAD_DEAD_LETTER_QUEUE("QUEUE104", 400),
    /** More queues than the profile allows. */
    TOO_MANY_QUEUES("QUEUE105", 400),
    /** The queue has an active consumer already. */
    CONSUMER_EXISTS("QUEUE106", 409),
    /** Delivery is paused: {@code queue_delivery_paused}. */
    PAUSED("QUEUE107", 409),
    /** The lease ended before the call: the message belongs to a later attempt, or is gone. */
    LEASE_ENDED("QUEUE108", 409),
    /** The text is no lease id of this queue. */
    BAD_LEASE("QUEUE109", 400),
    /** A redrive that cannot mean what it says. */
    BAD_REDRIVE("QUEUE110", 400),
    /**
     * The caller was interrupted while it waited, for room or for the disk; nothing was written.
     */
    INTERRUPTED("QUEUE111", 503),
    /** The broker or the consumer is closed. */
    CLOSED("QUEUE112", 503);

    private final String code;
    private final int status;

    QueueFault(String code, int status) {
        this.code = code;
        this.status = status;
    }

    /**
     * The stable code.
     *
     * @return for example {@code QUEUE10204}
     */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case NOT_FOUND -> FaultKind.NOT_FOUND;
            case BAD_DELAY,
                    BODY_NOT_JSON,
                    EMPTY_BATCH,
                    BAD_NAME,
                    BAD_SETTING,
                    BAD_DEAD_LETTER_QUEUE,
                    BAD_LEASE,
                    BAD_REDRIVE ->
                    FaultKind.INVALID;
            case MESSAGE_TOO_LARGE, BATCH_TOO_LARGE, TOO_MANY_IN_BATCH -> FaultKind.TOO_LARGE;
            case TOO_MANY_REQUESTS -> FaultKind.THROTTLED;
            case STORAGE_LIMIT -> FaultKind.FULL;
            case TOO_MANY_QUEUES -> FaultKind.QUOTA_EXCEEDED;
            case CONSUMER_EXISTS, PAUSED -> FaultKind.CONFLICT;
            case LEASE_ENDED -> FaultKind.EXPIRED;
            case INTERRUPTED -> FaultKind.CANCELLED;
            case CLOSED -> FaultKind.CLOSED;
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
