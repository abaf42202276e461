package dev.flowir.kernel.machine;

/** Stands for an attempt that took longer than its edge allows, where a cause is needed. */
public final class AttemptTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AttemptTimeoutException(long limitNanos) {
        super("took longer than " + limitNanos / 1_000_000 + " ms");
    }
}
