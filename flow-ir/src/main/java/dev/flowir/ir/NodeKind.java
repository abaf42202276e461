package dev.flowir.ir;

import java.util.Optional;

/** The role of a node. Only {@link #TRIGGER} is told apart by rules; the others run alike. */
public enum NodeKind {
    /** Where input enters. */
    TRIGGER("trigger"),
    /** Runs in the process of the flow. */
    INLINE("inline"),
    /** A unit of effectful work; runs like inline. */
    ACTIVITY("activity"),
    /** Stands for another flow; runs like inline. */
    SUBFLOW("subflow");

    private final String wire;

    NodeKind(String wire) {
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
    public static Optional<NodeKind> ofWire(String text) {
        for (NodeKind candidate : values()) {
            if (candidate.wire.equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
