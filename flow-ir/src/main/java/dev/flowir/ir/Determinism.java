package dev.flowir.ir;

import java.util.Optional;

/**
 * How repeatable a node is: {@code strict < stable < best_effort < nondeterministic}. A larger
 * level permits more.
 */
public enum Determinism {
    /** Same input, same output, always. */
    STRICT("strict", "Strict"),
    /** Same output while pinned resources stay as they are. */
    STABLE("stable", "Stable"),
    /** Usually repeatable, depends on live resources. */
    BEST_EFFORT("best_effort", "BestEffort"),
    /** No promise. */
    NONDETERMINISTIC("nondeterministic", "Nondeterministic");

    private final String wire;
    private final String label;

    Determinism(String wire, String label) {
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
    public static Optional<Determinism> ofWire(String text) {
        for (Determinism candidate : values()) {
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
    public boolean satisfies(Determinism minimum) {
        return compareTo(minimum) >= 0;
    }

    /**
     * {@return the more permissive of the two: the level of a node that does both}
     *
     * @param other the level to join with
     */
    public Determinism join(Determinism other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** {@return the name used in messages} */
    public String label() {
        return label;
    }
}
