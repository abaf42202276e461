package dev.flowir.durable;

import dev.flowir.kernel.cap.FaultKind;

/** What can be wrong with a durable feed, or with what is asked of it. Codes are stable. */
public enum FeedFault {
    /** As many inputs are on their way as may be. */
    FULL("RUN041"),
    /** An item cannot be put into windows, or as many as may be were set aside. */
    SET_ASIDE("RUN042"),
    /** The feed has other windows than its flow has now. */
    CHANGED("RUN043"),
    /** A flow that cannot be fed durably. */
    UNFIT("RUN044");

    private final String code;

    FeedFault(String code) {
        this.code = code;
    }

    /** {@return the stable code, for example {@code RUN041}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case FULL -> FaultKind.THROTTLED;
            case SET_ASIDE -> FaultKind.QUOTA_EXCEEDED;
            case CHANGED -> FaultKind.CONFLICT;
            case UNFIT -> FaultKind.UNSUPPORTED;
        };
    }
}
