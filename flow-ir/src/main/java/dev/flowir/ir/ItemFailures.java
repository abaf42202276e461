package dev.flowir.ir;

import java.util.Optional;

/** What becomes of an item of a list on which no attempt is left. */
public enum ItemFailures {
    /** The run fails, or what the node's error handler says. */
    FAIL("fail"),
    /** The list goes on without it. */
    LEAVE_OUT("leave_out"),
    /** Something stands for it, which only Java types can say. */
    REPLACE("replace");

    /** Where a {@code for_each} says it. */
    public static final String KEY = "on_item_failure";

    private final String wire;

    ItemFailures(String wire) {
        this.wire = wire;
    }

    /** {@return the word of the wire} */
    public String wire() {
        return wire;
    }

    /**
     * Reads a word of the wire.
     *
     * @param wire the word
     * @return the policy; empty when there is none of that name
     */
    public static Optional<ItemFailures> of(String wire) {
        for (ItemFailures each : values()) {
            if (each.wire.equals(wire)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
