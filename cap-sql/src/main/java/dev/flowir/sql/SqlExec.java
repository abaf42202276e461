package dev.flowir.sql;

/**
 * What a script did and took.
 *
 * @param count statements that ran
 * @param durationNanos from the call to the answer, in nanoseconds
 */
public record SqlExec(int count, long durationNanos) {}
