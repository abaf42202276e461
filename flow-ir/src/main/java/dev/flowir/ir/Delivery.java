package dev.flowir.ir;

import java.util.Optional;

/** How often an item may cross an edge. */
public enum Delivery {
    /** Never lost, may repeat. */
    AT_LEAST_ONCE("at_least_once"),
    /** Never repeated, may be lost. */
    AT_MOST_ONCE("at_most_once"),
    /** Never lost, never repeated; needs dedupe at the target. */
    EXACTLY_ONCE("exactly_once");

    private final String wire;

    Delivery(String wire) {
        this.wire = wire;
    }

    /** {@return the word used in JSON: lower snake case, case-sensitive} */
    public String wire() {
        return wire;
    }

    /**
     * {@return the constant whose {@link #wire()} equals {@code text} exactly; empty when there is
     * none}
     *
     * @param text a word of the wire format
     */
    public static Optional<Delivery> ofWire(String text) {
        for (Delivery candidate : values()) {
            if (candidate.wire.equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
