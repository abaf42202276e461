package dev.flowir.object.log;

/** What becomes of a subscriber that is further behind than {@link LogOptions#maxLag()}. */
public enum Slow {
    /** It gets the state as it is now, and the events after it. */
    TO_SNAPSHOT,
    /** It is ended, with {@link Frame.Why#LAGGED}. */
    DISCONNECT
}
