package dev.flowir.benchmarks;

import java.util.Objects;

/** A contender that computes something else does not take part. */
public final class Checks {

    private Checks() {}

    /**
     * Refuses a wrong result.
     *
     * @param peer who gave it
     * @param expected what is right
     * @param given what was given
     */
    public static void same(String peer, Object expected, Object given) {
        if (!Objects.equals(expected, given)) {
            throw new IllegalStateException(
                    peer + " gave " + given + " where " + expected + " is right");
        }
    }
}
