package dev.flowir.kernel.machine;

/** What the machine answers to an event. */
public enum Offer {
    /** The event was applied. */
    ACCEPTED,
    /** An input was refused because a bound was met; offer it again when something was taken. */
    FULL,
    /** The run takes no more of this kind of event: it ended, or it is closing. */
    CLOSED,
    /**
     * The event belongs to an attempt that is not current any more; it was counted, not applied.
     */
    LATE
}
