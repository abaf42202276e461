package dev.flowir.ir;

/**
 * How often a loop goes round, and what becomes of a value that is not done then: {@code
 * Rounds.atMost(5)}, {@code Rounds.atMost(5).thenLeave()}.
 *
 * @param most rounds at most, at least 1
 * @param atLimit what follows the last when the value is not done
 */
public record Rounds(int most, AtLimit atLimit) {

    /** What becomes of a value that is not done after its last round. */
    public enum AtLimit {
        /** The last node of the loop has failed. */
        FAIL("fail"),
        /** The value leaves the loop as it is. */
        LEAVE("leave");

        private final String wire;

        AtLimit(String wire) {
            this.wire = wire;
        }

        /** {@return the word used in JSON} */
        public String wire() {
            return wire;
        }
    }

    /** Refuses less than a round. */
    public Rounds {
        if (most < 1) {
            throw new IllegalArgumentException("a loop takes one round or more, got " + most);
        }
    }

    /**
     * {@return so many rounds; a value that is not done then fails}
     *
     * @param most rounds at most, at least 1
     */
    public static Rounds atMost(int most) {
        return new Rounds(most, AtLimit.FAIL);
    }

    /** {@return as many; a value that is not done then leaves the loop as it is} */
    public Rounds thenLeave() {
        return new Rounds(most, AtLimit.LEAVE);
    }
}
