package dev.flowir.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a flow is drawn with. A miswired edge does not compile. */
public final class Graph {

    /** Makes one value of two. */
    @FunctionalInterface
    public interface JoinTwo<A, B, O> {
        /** The joined value. */
        O apply(A first, B second) throws Exception;
    }

    /** Makes one value of three. */
    @FunctionalInterface
    public interface JoinThree<A, B, C, O> {
        /** The joined value. */
        O apply(A first, B second, C third) throws Exception;
    }

    private final FlowDraft draft;

    Graph(FlowDraft draft) {
        this.draft = draft;
    }

    /** Sends the value of {@code from} through {@code node}. */
    public <A, B> Port<B> then(Port<? extends A> from, Node<A, B> node) {
        String alias = draft.add(node);
        draft.edge(from.aliasIn(draft), alias, node);
        return new Port<>(draft, alias, node.output());
    }

    /**
     * Runs {@code node} for each item of a list and gathers the outputs in the order of the items.
     *
     * @param maxInFlight items worked on at a time, at least 1
     */
    public <A, B> Port<List<B>> each(
            Port<? extends List<? extends A>> from, int maxInFlight, Node<A, B> node) {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException(
                    "each('"
                            + node.name()
                            + "') needs at least one item in flight, got "
                            + maxInFlight);
        }
        String alias = draft.add(node);
        draft.edge(from.aliasIn(draft), alias, node);
        draft.forEach(from.alias(), alias, maxInFlight);
        return new Port<>(draft, alias, Type.listOf(node.output()));
    }

    /** Waits for both values of one input and makes one of them. */
    public <A, B, O> Port<O> join(
            String name,
            Port<? extends A> first,
            Port<? extends B> second,
            Class<O> output,
            JoinTwo<? super A, ? super B, ? extends O> how) {
        NodeBody.Single body =
                (in, handles, context) -> {
                    List<?> parts = (List<?>) in;
                    return how.apply(
                            FlowDraft.<A>cast(parts.get(0)), FlowDraft.<B>cast(parts.get(1)));
                };
        return draft.join(name, Type.of(output), body, List.of(first, second));
    }

    /** Waits for all three values of one input and makes one of them. */
    public <A, B, C, O> Port<O> join(
            String name,
            Port<? extends A> first,
            Port<? extends B> second,
            Port<? extends C> third,
            Class<O> output,
            JoinThree<? super A, ? super B, ? super C, ? extends O> how) {
        NodeBody.Single body =
                (in, handles, context) -> {
                    List<?> parts = (List<?>) in;
                    return how.apply(
                            FlowDraft.<A>cast(parts.get(0)),
                            FlowDraft.<B>cast(parts.get(1)),
                            FlowDraft.<C>cast(parts.get(2)));
                };
        return draft.join(name, Type.of(output), body, List.of(first, second, third));
    }

    /**
     * Branches over a sealed type: exactly the arm of the value's class runs. A type without an arm
     * is a diagnostic before the flow runs.
     */
    public <S, O> Choice<S, O> choose(Port<? extends S> from, Class<S> type, Class<O> output) {
        return new Choice<>(
                draft, this, from.aliasIn(draft), type, Type.of(output), Site.ofCaller());
    }

    /**
     * Branches over a condition: one of the two nodes runs, and their outputs meet in {@code
     * merge}.
     */
    public <A, O> Port<O> when(
            Port<? extends A> from,
            Predicate<? super A> condition,
            Node<? super A, ? extends O> then,
            Node<? super A, ? extends O> otherwise,
            String merge,
            Class<O> output) {
        String source = from.aliasIn(draft);
        String yes = draft.add(then);
        draft.edge(source, yes, then);
        String no = draft.add(otherwise);
        draft.edge(source, no, otherwise);
        draft.branch(source, yes, no, item -> condition.test(FlowDraft.<A>cast(item)));
        return draft.merge(merge, Type.of(output), List.of(yes, no));
    }

    /** Lets the values of several ports go on as one stream of values, in the order they arrive. */
    @SafeVarargs
    public final <T> Port<T> merge(String name, Class<T> type, Port<? extends T>... from) {
        List<String> aliases = new ArrayList<>();
        for (Port<? extends T> port : from) {
            aliases.add(port.aliasIn(draft));
        }
        return draft.merge(name, Type.of(type), aliases);
    }
}
