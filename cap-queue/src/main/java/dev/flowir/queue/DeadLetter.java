package dev.flowir.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a message was given up.
 *
 * @param sourceQueue the queue where that happened
 * @param attempts deliveries there
 * @param failures the failed attempts, oldest first; the last 20
 * @param firstSeen when a consumer first got it there
 * @param deadAt when it was given up
 */
public record DeadLetter(
        String sourceQueue,
        int attempts,
        List<FailedAttempt> failures,
        Optional<Instant> firstSeen,
        Instant deadAt) {

    /** Copies the list. */
    public DeadLetter {
        failures = List.copyOf(failures);
    }

    private Optional<FailedAttempt> last() {
        return failures.isEmpty()
                ? Optional.empty()
                : Optional.of(failures.get(failures.size() - 1));
    }

    /**
     * The error of the last attempt.
     *
     * @return type and message; empty text when nothing is known
     */
    public String lastError() {
        return last().map(FailedAttempt::error).orElse("");
    }

    /**
     * The digest of the last attempt's stack trace.
     *
     * @return 12 hexadecimal digits; empty when nothing was thrown
     */
    public Optional<String> stackDigest() {
        return last().flatMap(FailedAttempt::stackDigest);
    }

    /**
     * The run of the last attempt.
     *
     * @return its id; empty when the consumer did not say
     */
    public Optional<String> runId() {
        return last().flatMap(FailedAttempt::runId);
    }
}
