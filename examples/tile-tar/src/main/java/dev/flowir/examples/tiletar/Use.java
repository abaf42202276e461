package dev.flowir.examples.tiletar;

/**
 * What a node has used: processor time and wall time are two things.
 *
 * @param calls of its body
 * @param processorNanos time of a processor
 * @param wallNanos time from start to end, waits included
 */
record Use(long calls, long processorNanos, long wallNanos) {

    static final Use NONE = new Use(0, 0, 0);

    Use and(Use other) {
        return new Use(
                calls + other.calls,
                processorNanos + other.processorNanos,
                wallNanos + other.wallNanos);
    }
}
