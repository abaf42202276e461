package dev.flowir.kernel.cap;

import java.util.Optional;

/**
 * The kinds of faults that capabilities meet, whoever provides them. Each answers two questions:
 * whether what was asked for may have happened all the same, and whether another attempt may help.
 *
 * <p>Where both are so, as with {@link #TIMEOUT}, the kind alone cannot decide: another attempt may
 * do the work twice. There the exception decides, where it is {@link dev.flowir.ir.Retriable}.
 */
public enum FaultKind {
    /** The call makes no sense, here or anywhere. Nothing happened; again it fails as well. */
    INVALID,
    /** What the call names is not there. Nothing happened; again it fails as well. */
    NOT_FOUND,
    /**
     * The state of what is there forbids it: it exists, has changed, or has an owner. Nothing
     * happened; look at the state before another call.
     */
    CONFLICT,
    /** The caller may not do this. Nothing happened; again it fails as well. */
    DENIED,
    /** More than one call may carry: bytes, keys, items. Nothing happened; send less. */
    TOO_LARGE,
    /**
     * An allowance is used up that does not come back by itself soon: of an account, an object, an
     * attempt. Nothing happened; again it fails as well.
     */
    QUOTA_EXCEEDED,
    /**
     * A lease, a token or a signature was good and its time is over. Nothing happened; take a new
     * one.
     */
    EXPIRED,
    /** This provider, or this version of it, does not do that. Nothing happened. */
    UNSUPPORTED,
    /** What was stored is damaged or lost. Nothing happened; again it fails as well. */
    CORRUPT,
    /** It was closed here, and does not open again by itself. Nothing happened. */
    CLOSED,
    /** Too many calls, now or at a time. Nothing happened; again, later, it may go. */
    THROTTLED,
    /** Disk, memory or table is full. Nothing happened; again it may go once there is room. */
    FULL,
    /** Nobody answers there, or not yet. Nothing happened; again it may go. */
    UNAVAILABLE,
    /**
     * Others were at work on the same, and it was withdrawn or not begun. Nothing happened; again
     * it may go.
     */
    ABORTED,
    /** The time allowed was over. It may have happened, and may go again. */
    TIMEOUT,
    /** The caller was interrupted or gave up. It may have happened, and may go again. */
    CANCELLED,
    /** It was sent or begun, and nobody knows how it ended. It may have happened. */
    UNKNOWN_OUTCOME,
    /**
     * The other side failed at its work for a reason of its own, or what it answered is no answer.
     * It may have happened, and may go again.
     */
    INTERNAL;

    /** {@return whether what was asked for may have been done, in whole or in part} */
    public boolean mayHaveHappened() {
        return switch (this) {
            case TIMEOUT, CANCELLED, UNKNOWN_OUTCOME, INTERNAL -> true;
            case INVALID,
                    NOT_FOUND,
                    CONFLICT,
                    DENIED,
                    TOO_LARGE,
                    QUOTA_EXCEEDED,
                    EXPIRED,
                    UNSUPPORTED,
                    CORRUPT,
                    CLOSED,
                    THROTTLED,
                    FULL,
                    UNAVAILABLE,
                    ABORTED ->
                    false;
        };
    }

    /**
     * {@return whether the same call may succeed later; where it {@link #mayHaveHappened()} too, a
     * repeat is for callers whose work may be done twice}
     */
    public boolean isRetriable() {
        return switch (this) {
            case THROTTLED,
                    FULL,
                    UNAVAILABLE,
                    ABORTED,
                    TIMEOUT,
                    CANCELLED,
                    UNKNOWN_OUTCOME,
                    INTERNAL ->
                    true;
            case INVALID,
                    NOT_FOUND,
                    CONFLICT,
                    DENIED,
                    TOO_LARGE,
                    QUOTA_EXCEEDED,
                    EXPIRED,
                    UNSUPPORTED,
                    CORRUPT,
                    CLOSED ->
                    false;
        };
    }

    /**
     * What kind of fault was thrown.
     *
     * @param thrown an exception
     * @return its kind, or that of the nearest cause that has one; empty when none has, for example
     *     of an exception that was read from a journal
     */
    public static Optional<FaultKind> of(Throwable thrown) {
        int left = 32; // causes may form a ring
        for (Throwable it = thrown; it != null && left > 0; it = it.getCause(), left--) {
            if (it instanceof Classified classified) {
                return Optional.of(classified.kind());
            }
        }
        return Optional.empty();
    }
}
