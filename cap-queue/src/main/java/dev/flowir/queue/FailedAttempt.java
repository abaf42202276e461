package dev.flowir.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * An attempt at a message that failed.
 *
 * @param number number of the attempt, from 1
 * @param at when it failed
 * @param error type and message of what was thrown, or what the consumer said; at most 500
 *     characters
 * @param stackDigest 12 hexadecimal digits that are the same for the same types and methods in the
 *     stack trace, whatever the messages and lines: to group by
 * @param runId the run that worked on it, when the consumer said so
 */
public record FailedAttempt(
        int number,
        Instant at,
        String error,
        Optional<String> stackDigest,
        Optional<String> runId) {}
