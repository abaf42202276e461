package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Sharding;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A queue in which keys take turns, one item each, and each key keeps its order. A key that has
 * nothing waiting is not known; one that begins to wait is the last in turn. So an item waits for
 * those of its own key before it, and for as many of each other as of its own at most, and one.
 */
class ShardedQueue extends EdgeQueue {

    /** What waits of one key. */
    static final class Shard {
        final Object key;
        int size;

        /** Level of the first of them, where keys have levels. */
        int level;

        Shard(Object key) {
            this.key = key;
        }
    }

    private record Held(Object payload, Shard shard) {}

    private final int perKey;
    private final Map<Object, Shard> shards = new LinkedHashMap<>();

    /** Keys that have something waiting; who is next is the first. */
    final ArrayDeque<Shard> turns = new ArrayDeque<>();

    ShardedQueue(int bound, Sharding how) {
        super(bound);
        perKey = how.perKey();
    }

    @Override
    boolean isFull(Object key) {
        return isFull() || isFullOf(key);
    }

    private boolean isFullOf(Object key) {
        Shard shard = shards.get(key);
        return shard != null && shard.size >= perKey;
    }

    @Override
    int victim(Object key, boolean oldest) {
        Shard own = shards.get(key);
        if (isFullOf(key)) {
            return own != null && oldest ? find(own, true) : -1;
        }
        Shard longest = turns.element();
        for (Shard shard : turns) {
            longest = shard.size > longest.size ? shard : longest;
        }
        int size = own == null ? 0 : own.size; // and one more with the item that has no room
        boolean others = longest.size > size + 1 || (own == null && oldest);
        return others ? find(longest, oldest) : (own == null || !oldest ? -1 : find(own, true));
    }

    /** Index of the first or the last of a key's items. */
    int find(Shard shard, boolean oldest) {
        int at = oldest ? 0 : size() - 1;
        while (shard(at) != shard) {
            at += oldest ? 1 : -1;
        }
        return at;
    }

    @Override
    int next() {
        return find(turns.element(), true);
    }

    @Override
    void turn() {
        turns.add(turns.remove());
    }

    @Override
    void push(Object payload, long item, int input, Object key) {
        Shard shard = shards.computeIfAbsent(key, Shard::new);
        if (shard.size++ == 0) {
            turns.add(shard);
        }
        push(new Held(payload, shard), item, input);
    }

    Shard shard(int index) {
        return held(index).shard();
    }

    private Held held(int index) {
        return (Held) super.payload(index);
    }

    @Override
    Object payload(int index) {
        return held(index).payload();
    }

    @Override
    void remove(int index) {
        Shard shard = shard(index);
        super.remove(index);
        if (--shard.size == 0) {
            shards.remove(shard.key);
            turns.remove(shard);
        }
    }
}
