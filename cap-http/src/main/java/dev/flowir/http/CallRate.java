package dev.flowir.http;

import java.time.Duration;

/**
 * How often an endpoint may be called. A bucket holds {@code burst} calls and is filled evenly with
 * {@code calls} in {@code per}; a call more is refused at once, with the time until the next.
 *
 * @param calls how many
 * @param per in which time
 * @param burst how many at once after a rest
 */
public record CallRate(int calls, Duration per, int burst) {

    /** Refuses numbers that allow nothing. */
    public CallRate {
        if (calls < 1 || burst < 1) {
            throw new IllegalArgumentException("calls and burst are 1 at least");
        }
        HttpTimeouts.positive("per", per);
    }

    /**
     * Evenly, with a burst of as many.
     *
     * @param calls how many in a second
     * @return the rate
     */
    public static CallRate perSecond(int calls) {
        return new CallRate(calls, Duration.ofSeconds(1), calls);
    }
}
