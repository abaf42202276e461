package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Ranking;
import dev.flowir.ir.plan.Sharding;

/**
 * A queue in which keys have the level of what waits first of each, and the first level goes first;
 * those of a level take turns. Every so often the key goes whose turn it would be without levels.
 * Where nothing keeps items apart each is a key by itself, so those of a level go as they came.
 */
final class RankedQueue extends ShardedQueue {

    private record Leveled(Object payload, int level) {}

    private final OldestTurn oldest;

    RankedQueue(int bound, Sharding how, Ranking ranking) {
        super(bound, how);
        oldest = new OldestTurn(ranking.oldestEvery());
    }

    @Override
    boolean isFull(Object key) {
        return super.isFull(((Ranking.Ranked) key).key());
    }

    /** Of single items one of the last level gives way; of keys the one that has most waiting. */
    @Override
    int victim(Object key, boolean first) {
        Ranking.Ranked coming = (Ranking.Ranked) key;
        if (!(coming.key() instanceof Ranking.Single)) {
            return super.victim(coming.key(), first);
        }
        int last = 0;
        int at = -1;
        for (int i = 0; i < size(); i++) {
            int level = leveled(i).level();
            if (level > last || (level == last && !first)) {
                last = level;
                at = i;
            }
        }
        return coming.level() > last || (coming.level() == last && !first) ? -1 : at;
    }

    private Shard chosen() {
        Shard chosen = turns.element();
        if (!oldest.isNow()) {
            for (Shard shard : turns) {
                chosen = shard.level < chosen.level ? shard : chosen;
            }
        }
        return chosen;
    }

    @Override
    int next() {
        return find(chosen(), true);
    }

    @Override
    void turn() {
        Shard chosen = chosen();
        oldest.went(chosen == turns.element());
        turns.remove(chosen);
        turns.add(chosen);
    }

    @Override
    void push(Object payload, long item, int input, Object key) {
        Ranking.Ranked ranked = (Ranking.Ranked) key;
        super.push(new Leveled(payload, ranked.level()), item, input, ranked.key());
        Shard shard = shard(size() - 1);
        if (shard.size == 1) {
            shard.level = ranked.level();
        }
    }

    private Leveled leveled(int index) {
        return (Leveled) super.payload(index);
    }

    @Override
    Object payload(int index) {
        return leveled(index).payload();
    }

    @Override
    void remove(int index) {
        Shard shard = shard(index);
        super.remove(index);
        if (shard.size > 0) {
            shard.level = leveled(find(shard, true)).level();
        }
    }
}
