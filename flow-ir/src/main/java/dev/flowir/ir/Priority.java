package dev.flowir.ir;

import java.util.function.ToIntFunction;

/**
 * Which of the items that wait for a node go first: {@code Priority.of("urgency", Order::urgency)}.
 * Level 1 goes before level 2, and so on to 5; within a level, who came first. Every tenth time who
 * waits longest goes, whatever its level, so nobody waits for ever.
 *
 * @param <T> the items
 */
public final class Priority<T> {

    private final String name;
    private final ToIntFunction<Object> level;
    private final int oldestEvery;

    private Priority(String name, ToIntFunction<Object> level, int oldestEvery) {
        this.name = name;
        this.level = level;
        this.oldestEvery = oldestEvery;
    }

    /**
     * {@return an order by what {@code level} gives}
     *
     * @param <T> the items
     * @param name what the order is called in pictures, not empty
     * @param level gives the level of an item, 1 to go first and 5 to go last; what is less or more
     *     counts as 1 or 5. It must only compute, and may be asked more than once for an item. What
     *     it throws is a failure of a node: of the one before where items wait on an edge, of the
     *     node itself where they wait for a permit
     */
    public static <T> Priority<T> of(String name, ToIntFunction<? super T> level) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a priority is called after what it goes by");
        }
        return new Priority<>(
                name, item -> level.applyAsInt(FlowDraft.<T>cast(item)), Precedence.DEFAULT_EVERY);
    }

    /**
     * {@return the same where who waits longest goes more or less often} The others wait for that:
     * of 10 that go, one went out of turn.
     *
     * @param every 2 for every second time, at most {@link Precedence#MOST_EVERY}; unless said,
     *     {@link Precedence#DEFAULT_EVERY}
     */
    public Priority<T> oldestEvery(int every) {
        if (every < Precedence.LEAST_EVERY || every > Precedence.MOST_EVERY) {
            throw new IllegalArgumentException(
                    "who waits longest goes every "
                            + Precedence.LEAST_EVERY
                            + " to "
                            + Precedence.MOST_EVERY
                            + " times, got "
                            + every);
        }
        return new Priority<>(name, level, every);
    }

    /** What gives the level of an item. */
    SurfaceCode code() {
        return SurfaceCode.ofLevel(level);
    }

    Precedence precedence() {
        return new Precedence("/@" + name, Precedence.DEFAULT, oldestEvery);
    }
}
