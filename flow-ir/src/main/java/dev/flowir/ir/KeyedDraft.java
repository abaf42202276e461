package dev.flowir.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A join of two lists by key while it is drawn: say what their items have in common ({@link #on}),
 * then which of them go on.
 *
 * @param <A> items of the first list
 * @param <B> items of the second list
 */
public final class KeyedDraft<A, B> {

    private final FlowDraft draft;
    private final List<Port<?>> from;
    private final List<Function<Object, Optional<Object>>> keys = new ArrayList<>();
    private int maxPairs = FanIn.Keyed.DEFAULT_MAX_PAIRS;

    KeyedDraft(FlowDraft draft, List<Port<?>> from) {
        this.draft = draft;
        this.from = from;
    }

    /**
     * Says by what items meet. Keys are compared with {@code equals}; an item whose key is null
     * meets none.
     *
     * @param <K> type of the key
     * @param left key of an item of the first list; must only compute
     * @param right key of an item of the second list; must only compute
     * @return this
     */
    public <K> KeyedDraft<A, B> on(
            Function<? super A, ? extends K> left, Function<? super B, ? extends K> right) {
        keys.clear();
        keys.add(item -> Optional.ofNullable(left.apply(Node.<A>cast(item))));
        keys.add(item -> Optional.ofNullable(right.apply(Node.<B>cast(item))));
        return this;
    }

    /**
     * Bounds the pairs of one input; {@value FanIn.Keyed#DEFAULT_MAX_PAIRS} unless told. With more
     * the node fails.
     *
     * @param most pairs, at least 1
     * @return this
     */
    public KeyedDraft<A, B> atMost(int most) {
        maxPairs = most;
        return this;
    }

    /**
     * Keeps what meets: a value for each pair of items with equal keys, so n times m of a key that
     * stands n times in one list and m times in the other.
     *
     * @param <O> what a pair becomes
     * @param name alias of the node
     * @param output class of what a pair becomes
     * @param how makes one value of a pair; must only compute
     * @return the pairs, in the order of the first list and then of the second
     */
    public <O> Port<List<O>> inner(
            String name, Class<O> output, JoinTwo<? super A, ? super B, ? extends O> how) {
        return draw(
                name,
                Outer.NONE,
                output,
                (a, b) -> how.apply(Node.<A>cast(a.orElseThrow()), Node.<B>cast(b.orElseThrow())));
    }

    /**
     * As {@link #inner}, with each item of the first list that meets none.
     *
     * @param <O> what a pair becomes
     * @param name alias of the node
     * @param output class of what a pair becomes
     * @param how makes one value of a pair; must only compute
     * @return the pairs, in the order of the first list and then of the second
     */
    public <O> Port<List<O>> left(
            String name,
            Class<O> output,
            JoinTwo<? super A, ? super Optional<B>, ? extends O> how) {
        return draw(
                name,
                Outer.LEFT,
                output,
                (a, b) -> how.apply(Node.<A>cast(a.orElseThrow()), Node.<Optional<B>>cast(b)));
    }

    /**
     * As {@link #inner}, with each item of the second list that meets none, after all pairs.
     *
     * @param <O> what a pair becomes
     * @param name alias of the node
     * @param output class of what a pair becomes
     * @param how makes one value of a pair; must only compute
     * @return the pairs
     */
    public <O> Port<List<O>> right(
            String name,
            Class<O> output,
            JoinTwo<? super Optional<A>, ? super B, ? extends O> how) {
        return draw(
                name,
                Outer.RIGHT,
                output,
                (a, b) -> how.apply(Node.<Optional<A>>cast(a), Node.<B>cast(b.orElseThrow())));
    }

    /**
     * As {@link #left} and {@link #right} together.
     *
     * @param <O> what a pair becomes
     * @param name alias of the node
     * @param output class of what a pair becomes
     * @param how makes one value of a pair, of which one is there at least; must only compute
     * @return the pairs
     */
    public <O> Port<List<O>> full(
            String name,
            Class<O> output,
            JoinTwo<? super Optional<A>, ? super Optional<B>, ? extends O> how) {
        return draw(
                name,
                Outer.FULL,
                output,
                (a, b) -> how.apply(Node.<Optional<A>>cast(a), Node.<Optional<B>>cast(b)));
    }

    /** Makes a value of a pair of which one may be missing. */
    @FunctionalInterface
    private interface Pairing {
        Object apply(Optional<?> left, Optional<?> right) throws Exception;
    }

    private <O> Port<List<O>> draw(String name, Outer outer, Class<O> output, Pairing how) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "keyed join '" + name + "' has no keys: say on(...) first");
        }
        FanIn.Keyed fanIn = new FanIn.Keyed(List.of("/@key", "/@key"), outer, maxPairs);
        KeyedJoin join = new KeyedJoin(name, fanIn, List.copyOf(keys));
        NodeBody.Single body =
                (in, handles, context) -> {
                    List<Object> all = new ArrayList<>();
                    join.<Exception>pairs(
                            (List<?>) in, (left, right) -> all.add(how.apply(left, right)));
                    return List.copyOf(all);
                };
        return draft.met(name, Type.listOf(output), body, fanIn, from);
    }
}
