package dev.flowir.ir;

import java.util.Optional;

/** What an idempotency key is unique within. */
public enum IdempotencyScope {
    /** The node. */
    NODE("node"),
    /** The edge. */
    EDGE("edge"),
    /** The partition. */
    PARTITION("partition");

    private final String wire;

    IdempotencyScope(String wire) {
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
    public static Optional<IdempotencyScope> ofWire(String text) {
        for (IdempotencyScope candidate : values()) {
            if (candidate.wire.equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
