package dev.flowir.queue;

import java.util.List;
import java.util.Optional;

/**
 * What came of a redrive.
 *
 * @param token its token
 * @param matched letters that the filter means and that the token has not moved before
 * @param moved letters moved now; 0 for a dry run
 * @param ids ids of the first 100 of the matched
 * @param stopped why not all matched were moved, for example because their queue is full; the same
 *     token moves the rest
 */
public record Redriven(
        String token, int matched, int moved, List<String> ids, Optional<String> stopped) {

    /** Copies the list. */
    public Redriven {
        ids = List.copyOf(ids);
    }
}
