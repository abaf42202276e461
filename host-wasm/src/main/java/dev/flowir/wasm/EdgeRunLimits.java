package dev.flowir.wasm;

/** Bounds of durable runs at the edge: those of durable runs on a JVM, where both have them. */
final class EdgeRunLimits {

    /** Bytes of an input, a result or an output; a value in the platform's storage has 2 MB. */
    static final int MAX_PAYLOAD_BYTES = 1 << 20;

    /** Steps that a run may take. */
    static final int MAX_STEPS = 10_000;

    /** Attempts at a step that may be lost where the flow does not say more. */
    static final int LOST_ATTEMPTS = 5;

    /** Characters of an id, and of a signal's name. */
    static final int MAX_NAME_LENGTH = 100;

    /**
     * While steps are under way the object is woken this often, so that a run whose isolate went
     * away goes on.
     */
    static final long WATCH_MILLIS = 20_000;

    /** How long a signal to a key is kept that no run waits for. */
    static final long KEPT_MILLIS = 30L * 24 * 60 * 60 * 1000;

    private EdgeRunLimits() {}
}
