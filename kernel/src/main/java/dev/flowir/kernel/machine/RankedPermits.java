package dev.flowir.kernel.machine;

import dev.flowir.ir.Precedence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Permits whose line goes by level, and within a level by who came first. Every so often who waits
 * longest goes, whatever its level.
 *
 * @param <W> who takes permits; compared by {@code equals}
 */
public final class RankedPermits<W> extends FairPermits<W> {

    private final List<Set<W>> levels = new ArrayList<>();
    private final OldestTurn oldest;

    /**
     * Permits that nobody has.
     *
     * @param limit how many there are, at least 1
     * @param oldestEvery how often who waits longest goes, at least 2
     */
    public RankedPermits(int limit, int oldestEvery) {
        super(limit);
        oldest = new OldestTurn(oldestEvery);
        for (int level = Precedence.FIRST; level <= Precedence.LAST; level++) {
            levels.add(new LinkedHashSet<>());
        }
    }

    /**
     * Takes a permit, or a place in the line.
     *
     * @param who comes; not in the line already
     * @param level its level, {@link Precedence#FIRST} to {@link Precedence#LAST}
     * @return true for a permit, false for a place in the line
     */
    public boolean enter(W who, int level) {
        boolean entered = super.enter(who);
        if (!entered) {
            levels.get(level - Precedence.FIRST).add(who);
        }
        return entered;
    }

    /** As {@link #enter(Object, int)}, in the middle. */
    @Override
    public boolean enter(W who) {
        return enter(who, Precedence.DEFAULT);
    }

    @Override
    public boolean leave(W who) {
        forget(who);
        return super.leave(who);
    }

    @Override
    W next(W first) {
        W next = oldest.isNow() ? first : mostUrgent(first);
        oldest.went(next.equals(first));
        forget(next);
        return next;
    }

    private W mostUrgent(W first) {
        for (Set<W> level : levels) {
            if (!level.isEmpty()) {
                return level.iterator().next();
            }
        }
        return first;
    }

    private void forget(W who) {
        for (Set<W> level : levels) {
            level.remove(who);
        }
    }
}
