package dev.flowir.ir.plan;

import java.util.Optional;

/** What a full edge does with an item that arrives. */
public enum Drop {
    /** Nothing is dropped: the producer waits. */
    NEVER,
    /** The longest waiting item makes room; asked for as {@code drop_oldest}. */
    OLDEST,
    /** The arriving item is given up; asked for as {@code drop_newest}. */
    NEWEST;

    /** The policy that an edge asks for by name; any other text drops nothing. */
    static Drop of(Optional<String> onDrop) {
        if (onDrop.isEmpty()) {
            return NEVER;
        }
        return switch (onDrop.get()) {
            case "drop_oldest" -> OLDEST;
            case "drop_newest" -> NEWEST;
            default -> NEVER;
        };
    }
}
