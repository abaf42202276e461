package dev.flowir.durable;

/** What becomes of a moment of a schedule while the run of the one before is not over. */
public enum Overlap {
    /** No run for it. */
    SKIP,
    /** A run beside the other. */
    BESIDE
}
