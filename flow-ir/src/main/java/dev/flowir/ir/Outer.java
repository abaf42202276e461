package dev.flowir.ir;

import java.util.Optional;

/** Which items of a keyed join go on that meet none of the other side. */
public enum Outer {
    /** None: an inner join. */
    NONE("none"),
    /** Those of the first side. */
    LEFT("left"),
    /** Those of the second side. */
    RIGHT("right"),
    /** Those of both sides. */
    FULL("full");

    private final String wire;

    Outer(String wire) {
        this.wire = wire;
    }

    /** {@return the word used in JSON} */
    public String wire() {
        return wire;
    }

    boolean keepsLeft() {
        return this == LEFT || this == FULL;
    }

    boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }

    /**
     * {@return the constant whose {@link #wire()} equals {@code text} exactly; empty when there is
     * none}
     *
     * @param text a word of the wire format
     */
    public static Optional<Outer> ofWire(String text) {
        for (Outer candidate : values()) {
            if (candidate.wire.equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
