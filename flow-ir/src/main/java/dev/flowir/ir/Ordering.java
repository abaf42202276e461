package dev.flowir.ir;

import java.util.Optional;

/** Whether items keep their order on an edge. */
public enum Ordering {
    /** First in, first out per partition key. */
    ORDERED("ordered"),
    /** Any order. */
    UNORDERED("unordered");

    private final String wire;

    Ordering(String wire) {
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
    public static Optional<Ordering> ofWire(String text) {
        for (Ordering candidate : values()) {
            if (candidate.wire.equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
