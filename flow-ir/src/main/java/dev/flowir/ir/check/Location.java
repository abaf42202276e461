package dev.flowir.ir.check;

import java.util.Optional;

/**
 * Where in a flow a diagnostic points.
 *
 * @param pointer JSON pointer (RFC 6901) into the flow's document; empty for the whole
 * @param position the same place in the text that the flow was read from, when there is one
 */
public record Location(String pointer, Optional<Position> position) {

    /**
     * A place known only by its pointer.
     *
     * @param pointer JSON pointer into the flow's document
     * @return the place
     */
    public static Location of(String pointer) {
        return new Location(pointer, Optional.empty());
    }

    /**
     * Adds a position.
     *
     * @param position the same place in the text
     * @return this place, found at {@code position}
     */
    public Location at(Position position) {
        return new Location(pointer, Optional.of(position));
    }
}
