package dev.flowir.ir;

import java.util.Optional;

/**
 * What a node may do to the world: {@code pure < read_only < effectful}. A larger level permits
 * more.
 */
public enum Effects {
    /** Touches nothing outside its input. */
    PURE("pure", "Pure"),
    /** Reads from outside, changes nothing. */
    READ_ONLY("read_only", "ReadOnly"),
    /** Changes something outside. */
    EFFECTFUL("effectful", "Effectful");

    private final String wire;
    private final String label;

    Effects(String wire, String label) {
        this.wire = wire;
        this.label = label;
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
    public static Optional<Effects> ofWire(String text) {
        for (Effects candidate : values()) {
            if (candidate.wire.equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * {@return true when this level is at least as permissive as {@code minimum}}
     *
     * @param minimum the level that is asked for
     */
    public boolean satisfies(Effects minimum) {
        return compareTo(minimum) >= 0;
    }

    /**
     * {@return the more permissive of the two: the level of a node that does both}
     *
     * @param other the level to join with
     */
    public Effects join(Effects other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** {@return the name used in messages} */
    public String label() {
        return label;
    }
}
