package dev.flowir.ir;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How items on the way to a node are kept apart: {@code Partition.by("customer", Order::customer)}.
 * Keys that wait take turns, one item each, so one that sends much holds up no other; items of a
 * key keep their order.
 *
 * @param <T> the items
 */
public final class Partition<T> {

    private final String name;
    private final Function<Object, Object> key;
    private final OptionalInt waiting;
    private final OptionalInt perKey;
    private final Optional<String> onDrop;

    private Partition(
            String name,
            Function<Object, Object> key,
            OptionalInt waiting,
            OptionalInt perKey,
            Optional<String> onDrop) {
        this.name = name;
        this.key = key;
        this.waiting = waiting;
        this.perKey = perKey;
        this.onDrop = onDrop;
    }

    /**
     * {@return a partition by what {@code key} gives}
     *
     * @param <T> the items
     * @param name what the key is called in pictures, not empty
     * @param key gives what items of a shard have in common: it must only compute, and what it
     *     gives must have {@code equals} and {@code hashCode}. Items for which it gives null share
     *     a shard
     */
    public static <T> Partition<T> by(String name, Function<? super T, ?> key) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a partition is called after its key");
        }
        return new Partition<>(
                name,
                item -> key.apply(FlowDraft.<T>cast(item)),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    /**
     * {@return the same with another bound on what waits}
     *
     * @param items items of all keys together, at least 1; unless said, as for every edge
     */
    public Partition<T> waiting(int items) {
        return new Partition<>(name, key, bound(items), perKey, onDrop);
    }

    /**
     * {@return the same with a bound on what waits of one key}
     *
     * @param items items of one key, at least 1; unless said, as many as may wait at all
     */
    public Partition<T> perKey(int items) {
        return new Partition<>(name, key, waiting, bound(items), onDrop);
    }

    /**
     * {@return the same that waits for no room} What waits longest of the key of which most waits
     * is given up instead; where its own bound is reached, of that key.
     */
    public Partition<T> dropOldest() {
        return new Partition<>(name, key, waiting, perKey, Optional.of("drop_oldest"));
    }

    /**
     * {@return the same that waits for no room} What came last of the key of which most waits is
     * given up instead; where its own bound is reached, of that key.
     */
    public Partition<T> dropNewest() {
        return new Partition<>(name, key, waiting, perKey, Optional.of("drop_newest"));
    }

    private static OptionalInt bound(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("a bound is 1 or more, got " + items);
        }
        return OptionalInt.of(items);
    }

    String name() {
        return name;
    }

    Function<Object, Object> key() {
        return key;
    }

    OptionalInt perKey() {
        return perKey;
    }

    /** What the edge says of how many wait, and what becomes of more. */
    Buffer buffer() {
        Buffer bounded =
                waiting.isPresent() ? Buffer.bounded(waiting.getAsInt()) : Buffer.defaults();
        return new Buffer(
                bounded.maxItems(), bounded.spillThresholdBytes(), bounded.spillTier(), onDrop);
    }
}
