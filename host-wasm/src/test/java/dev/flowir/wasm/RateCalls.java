package dev.flowir.wasm;

/** A call of a rate limit's handle and its answer, as they go to a worker and back. */
final class RateCalls {

    private RateCalls() {}

    /**
     * A call.
     *
     * @param limit which of the worker's
     * @param waits {@code take} with its wait, not {@code tryTake}
     * @param current whether the attempt still counts
     * @param key as hex digits, because it may hold half of a surrogate pair
     * @param atMostMillis the longest wait
     */
    record Call(
            int limit,
            boolean waits,
            boolean current,
            String key,
            int permits,
            long atMostMillis) {}

    /**
     * What came of a call.
     *
     * @param refused a fault, {@code STALE}, or empty
     * @param why message of a refusal
     * @param retryAfterMillis of a refusal; 0 when granted
     */
    record Told(String refused, String why, long retryAfterMillis) {}

    /** Whose permits somebody wants who tries again. */
    record Wanted(String key) {}

    /** How often it was tried. */
    record Tried(int attempts) {}
}
