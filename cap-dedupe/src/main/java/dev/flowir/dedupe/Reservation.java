package dev.flowir.dedupe;

import java.time.Duration;

/** What came of asking for a key. */
public sealed interface Reservation {

    /** Nobody has done it: do the work, then commit. All attempts at the same work get this. */
    record First() implements Reservation {}

    /**
     * Another work has the key and has not committed.
     *
     * @param retryAfter when its lease ends, unless it commits before
     */
    record InProgress(Duration retryAfter) implements Reservation {}

    /**
     * It is done.
     *
     * @param by whose work did it
     */
    record Done(By by) implements Reservation {}

    /** Whose work did something. */
    enum By {
        /** This one's, in this or an earlier attempt. */
        THIS_WORK,
        /** Another's. */
        OTHER_WORK
    }
}
