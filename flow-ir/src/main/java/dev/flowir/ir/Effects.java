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

    /** The word used in JSON: lower snake case, case-sensitive. */
    public String wire() {
        return wire;
    }

    /** The constant whose {@link #wire()} equals {@code text} exactly; empty when there is none. */
    public static Optional<Effects> ofWire(String text) {
        for (Effects candidate : values()) {
            if (candidate.wire.equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** True when this level is at least as permissive as {@code minimum}. */
    public boolean satisfies(Effects minimum) {
        return compareTo(minimum) >= 0;
    }

    /** The more permissive of the two: the level of a node that does both. */
    public Effects join(Effects other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The name used in messages. */
    public String label() {
        return label;
    }
}
