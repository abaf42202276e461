package dev.flowir.ir;

import java.time.Duration;

/**
 * What follows when an attempt takes longer than its node's timeout: {@code timeout(ofSeconds(2),
 * Overdue.retry(3, ofMillis(50)))}. Without one it is what follows any failure.
 */
public sealed interface Overdue {

    /** The run ends with {@code TIME015}, whatever the node's retries say about other failures. */
    record Cancel() implements Overdue {}

    /**
     * The attempt is repeated; when no attempt is left, the run ends with {@code TIME015}.
     *
     * @param maxRetries attempts after the first; those after other failures count as well
     * @param backoff waits before the repeats
     */
    record Retry(int maxRetries, Backoff backoff) implements Overdue {
        /** Refuses negative numbers. */
        public Retry {
            if (maxRetries < 0) {
                throw new IllegalArgumentException(
                        "retry takes zero or more retries, got " + maxRetries);
            }
        }
    }

    /** {@return the run ends} */
    static Overdue cancel() {
        return new Cancel();
    }

    /**
     * The attempt is repeated.
     *
     * @param maxRetries attempts after the first
     * @param backoff wait before each repeat
     * @return the answer
     */
    static Overdue retry(int maxRetries, Duration backoff) {
        return new Retry(maxRetries, Backoff.constant(backoff));
    }

    /**
     * The attempt is repeated after waits that may grow.
     *
     * @param maxRetries attempts after the first
     * @param backoff waits before the repeats
     * @return the answer
     */
    static Overdue retry(int maxRetries, Backoff backoff) {
        return new Retry(maxRetries, backoff);
    }
}
