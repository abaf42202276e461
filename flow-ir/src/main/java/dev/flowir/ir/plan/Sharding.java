package dev.flowir.ir.plan;

import java.util.Optional;
import java.util.function.Function;

/**
 * How the items of an edge are kept apart by key: keys take turns, and each keeps its order.
 *
 * @param surface id of the surface that says so
 * @param key what items of a shard have in common; {@link #NO_KEY} for items without one, which
 *     share a shard. May throw what the user's code throws
 * @param perKey items of a key that may wait, at least 1
 * @param ranking which keys go first; empty for those whose turn it is. Where it is present {@code
 *     key} gives {@link Ranking.Ranked}
 */
public record Sharding(
        String surface, Function<Object, Object> key, int perKey, Optional<Ranking> ranking) {

    /** The key of items that have none, and of edges that keep none apart. */
    public static final Object NO_KEY = new Object();
}
