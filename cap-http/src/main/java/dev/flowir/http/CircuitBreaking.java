package dev.flowir.http;

import java.time.Duration;

/**
 * When a failing service is left alone. A failure is a broken connection, a timeout or a status of
 * 500 and more; of the last {@code window} calls the share of failures decides.
 *
 * @param window how many calls are looked at
 * @param minimumCalls how many there must be before the share says anything
 * @param failurePercent from which share on calls are refused, 1 to 100
 * @param openFor how long they are refused
 * @param probes how many calls are then let through; when all succeed the circuit is closed again,
 *     when one fails it is open again
 */
public record CircuitBreaking(
        int window, int minimumCalls, int failurePercent, Duration openFor, int probes) {

    /** Half of 20 calls or more out of 50; 10 s; 3 probes. */
    public static final CircuitBreaking DEFAULT =
            new CircuitBreaking(50, 20, 50, Duration.ofSeconds(10), 3);

    /** Refuses numbers that no circuit can follow. */
    public CircuitBreaking {
        if (minimumCalls < 1 || window < minimumCalls) {
            throw new IllegalArgumentException(
                    "minimumCalls is 1 to window: " + minimumCalls + " of " + window);
        }
        if (failurePercent < 1 || failurePercent > 100) {
            throw new IllegalArgumentException("failurePercent is 1 to 100: " + failurePercent);
        }
        HttpTimeouts.positive("openFor", openFor);
        if (probes < 1) {
            throw new IllegalArgumentException("probes is 1 at least: " + probes);
        }
    }
}
