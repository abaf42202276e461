package dev.flowir.http;

import java.time.Duration;
import java.time.Instant;

/**
 * Times reckoned in whole numbers: what Java's own ways to do it need besides is most of its
 * library of dates and of decimals, which an isolate would have to carry.
 */
final class Spans {

    private static final long NANOS = 1_000_000_000;

    private Spans() {}

    /** From one moment to another; negative when that was before. */
    static Duration between(Instant from, Instant to) {
        return Duration.ofSeconds(
                Math.subtractExact(to.getEpochSecond(), from.getEpochSecond()),
                (long) to.getNano() - from.getNano());
    }

    /**
     * A part of a time, without the rest.
     *
     * @param time not negative
     * @param parts how many there are, 1 at least
     */
    static Duration part(Duration time, int parts) {
        long seconds = time.getSeconds();
        long rest = (seconds % parts) * NANOS + time.getNano();
        return Duration.ofSeconds(seconds / parts, rest / parts);
    }

    /**
     * A time as often as said.
     *
     * @param times 0 at least
     * @throws ArithmeticException when it is longer than there is time
     */
    static Duration times(Duration time, int times) {
        return Duration.ofSeconds(
                Math.multiplyExact(time.getSeconds(), (long) times), (long) time.getNano() * times);
    }
}
