package dev.flowir.ir;

import java.time.Duration;

/**
 * How long to wait before each repeat of a failed attempt.
 *
 * @param growth how waits follow from the first
 * @param base the first wait, and the unit of the others
 * @param most no wait is longer
 * @param jitterPercent how far a wait may differ from that, both ways, 0 to 100. How far it does
 *     follows from the item and the attempt, so that a replay waits as long
 */
public record Backoff(Growth growth, Duration base, Duration most, int jitterPercent) {

    /** Longest wait unless told otherwise: a day. */
    public static final Duration DEFAULT_MOST = Duration.ofDays(1);

    /** How waits follow from the first. */
    public enum Growth {
        /** All are the same. */
        CONSTANT("constant"),
        /** The n-th is n times the first. */
        LINEAR("linear"),
        /** Each is twice the one before. */
        EXPONENTIAL("exponential");

        private final String wire;

        Growth(String wire) {
            this.wire = wire;
        }

        /** {@return the wire name} */
        public String wire() {
            return wire;
        }
    }

    /** Refuses negative numbers. */
    public Backoff {
        if (base.isNegative() || most.isNegative() || jitterPercent < 0 || jitterPercent > 100) {
            throw new IllegalArgumentException(
                    "a backoff takes waits of zero or more and 0 to 100 percent of jitter, got "
                            + base
                            + ", "
                            + most
                            + " and "
                            + jitterPercent);
        }
    }

    /**
     * Always the same wait.
     *
     * @param wait the wait, as long as it is
     * @return the backoff
     */
    public static Backoff constant(Duration wait) {
        Duration most = wait.compareTo(DEFAULT_MOST) > 0 ? wait : DEFAULT_MOST;
        return new Backoff(Growth.CONSTANT, wait, most, 0);
    }

    /**
     * One, two, three times the first wait.
     *
     * @param base the first wait
     * @return the backoff
     */
    public static Backoff linear(Duration base) {
        return new Backoff(Growth.LINEAR, base, DEFAULT_MOST, 0);
    }

    /**
     * One, two, four times the first wait.
     *
     * @param base the first wait
     * @return the backoff
     */
    public static Backoff exponential(Duration base) {
        return new Backoff(Growth.EXPONENTIAL, base, DEFAULT_MOST, 0);
    }

    /**
     * The same with another longest wait.
     *
     * @param longest no wait is longer
     * @return the backoff
     */
    public Backoff atMost(Duration longest) {
        return new Backoff(growth, base, longest, jitterPercent);
    }

    /**
     * The same, with waits that differ, so that what failed together is not repeated together.
     *
     * @param percent how far both ways
     * @return the backoff
     */
    public Backoff withJitter(int percent) {
        return new Backoff(growth, base, most, percent);
    }
}
