package dev.flowir.ir;

import java.util.Optional;

/**
 * What becomes of work that lost its race. Either way nothing that it gives is used, what has not
 * begun does not begin, and nothing is repeated.
 */
public enum Losers {
    /**
     * Bodies that run are interrupted. An effect that was under way may have happened or not, as
     * after a time limit: its idempotency key is what recognises it.
     */
    CANCEL("cancel"),
    /** Bodies that run end by themselves, so an effect that was begun is finished. */
    FINISH("finish");

    private final String wire;

    Losers(String wire) {
        this.wire = wire;
    }

    /** {@return the word used in JSON} */
    public String wire() {
        return wire;
    }

    /**
     * {@return the constant whose {@link #wire()} equals {@code text} exactly; empty when there is
     * none}
     *
     * @param text a word of the wire format
     */
    public static Optional<Losers> ofWire(String text) {
        for (Losers candidate : values()) {
            if (candidate.wire.equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
