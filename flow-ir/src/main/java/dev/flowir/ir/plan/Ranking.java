package dev.flowir.ir.plan;

import dev.flowir.ir.Precedence;
import java.util.function.ToIntFunction;

/**
 * In which order what waits for a node goes.
 *
 * @param level level of what a body gets, not yet kept within the levels there are. May throw what
 *     the user's code throws
 * @param oldestEvery how often who waits longest goes, whatever its level: at least 2
 */
public record Ranking(ToIntFunction<Object> level, int oldestEvery) {

    /**
     * What waits on an edge that is ordered, in place of its key.
     *
     * @param level its level
     * @param key what it has in common with others; of an edge that keeps no keys apart, something
     *     that nothing else has
     */
    public record Ranked(int level, Object key) {}

    /** The key of what has none in common with anything: it is compared by identity. */
    public static final class Single {
        Single() {}
    }

    /**
     * {@return level of an item, {@link Precedence#FIRST} to {@link Precedence#LAST}}
     *
     * @param item what the node's body gets; what the user's code throws is thrown on
     */
    public int of(Object item) {
        return Math.clamp(level.applyAsInt(item), Precedence.FIRST, Precedence.LAST);
    }

    /**
     * {@return level of an item in the line of permits} Where the user's code throws, the item
     * waits in the middle: whoever gets its permit asks {@link #of} again, and fails.
     *
     * @param item what the node's body gets
     */
    public int inLine(Object item) {
        try {
            return of(item);
        } catch (RuntimeException | Error thrown) { // thrown again where an attempt can fail
            return Precedence.DEFAULT;
        }
    }
}
