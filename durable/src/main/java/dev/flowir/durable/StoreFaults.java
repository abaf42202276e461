package dev.flowir.durable;

import dev.flowir.kernel.cap.FaultKind;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import java.util.Optional;

/**
 * The kinds of what the embedded store throws. The store knows nothing of capabilities, so it does
 * not say them itself; those that keep their data in it may let its exceptions through.
 */
public final class StoreFaults {

    private StoreFaults() {}

    /**
     * The kind of a fault of the store.
     *
     * @param fault what went wrong
     * @return the kind that capabilities have for it
     */
    public static FaultKind kind(StoreFault fault) {
        return switch (fault) {
            case NOT_A_STORE, MISPLACED, SQL, PARAMETER, MIGRATION_FAILED -> FaultKind.INVALID;
            case LOCKED, CONSTRAINT, MIGRATION_CHANGED -> FaultKind.CONFLICT;
            case NOT_WRITABLE, NOT_ALLOWED -> FaultKind.DENIED;
            case SETTING_REFUSED, MIGRATION_UNKNOWN -> FaultKind.UNSUPPORTED;
            case TOO_BIG -> FaultKind.TOO_LARGE;
            case CORRUPT -> FaultKind.CORRUPT;
            case CLOSED, READ_ONLY -> FaultKind.CLOSED;
            case FULL -> FaultKind.THROTTLED;
            case DISK_FULL -> FaultKind.FULL;
            case GROUP_ROLLED_BACK, BUSY -> FaultKind.ABORTED;
            case TIMED_OUT -> FaultKind.TIMEOUT;
            case WITHDRAWN -> FaultKind.CANCELLED;
            case COMMIT_FAILED -> FaultKind.UNKNOWN_OUTCOME;
            case IO -> FaultKind.INTERNAL;
        };
    }

    /**
     * What kind of fault was thrown, by a capability or by the store below it.
     *
     * @param thrown an exception
     * @return its kind, or that of the nearest cause that has one; empty when none has
     */
    public static Optional<FaultKind> kindOf(Throwable thrown) {
        Optional<FaultKind> told = FaultKind.of(thrown);
        int left = 32; // causes may form a ring
        for (Throwable it = thrown; it != null && told.isEmpty() && left > 0; it = it.getCause()) {
            if (it instanceof StoreException failed) {
                told = Optional.of(kind(failed.fault()));
            }
            left--;
        }
        return told;
    }

    /** True when the disk of a store was full, behind whatever was thrown. */
    static boolean isOutOfRoom(Throwable thrown) {
        int left = 32; // causes may form a ring
        for (Throwable it = thrown; it != null && left > 0; it = it.getCause(), left--) {
            if (it instanceof StoreException failed && failed.fault() == StoreFault.DISK_FULL) {
                return true;
            }
        }
        return false;
    }
}
