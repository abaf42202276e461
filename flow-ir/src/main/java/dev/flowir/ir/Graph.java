package dev.flowir.ir;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a flow is drawn with. A miswired edge does not compile. */
public final class Graph {

    private final FlowDraft draft;

    Graph(FlowDraft draft) {
        this.draft = draft;
    }

    /**
     * Sends the value of {@code from} through {@code node}.
     *
     * @param <A> what goes in
     * @param <B> what comes out
     * @param from where the value comes from
     * @param node what it goes through
     * @return the output of {@code node}
     */
    public <A, B> Port<B> then(Port<? extends A> from, Node<A, B> node) {
        String alias = draft.add(node);
        draft.edge(from.aliasIn(draft), alias, node);
        return new Port<>(draft, alias, node.output());
    }

    /**
     * Sends the value of {@code from} through a whole flow, which is laid into this one: its nodes
     * stand here under {@code name}, a dot and their own alias, with all that was said about them.
     *
     * @param <A> what goes in
     * @param <B> what comes out
     * @param name what the flow is called here, numbered when taken
     * @param from where the value comes from
     * @param flow what it goes through; its own markers of versions are not taken over
     * @return the output of {@code flow}
     */
    public <A, B> Port<B> flow(String name, Port<? extends A> from, Flow<A, B> flow) {
        String source = from.aliasIn(draft);
        String alias = draft.lay(name, flow);
        draft.edge(source, Laying.name(alias, flow.trigger()));
        return new Port<>(draft, Laying.name(alias, flow.capture()), flow.output());
    }

    /**
     * As {@link #then}, where keys take turns on the way to {@code node}: one that sends much holds
     * up no other, and items of a key keep their order.
     *
     * @param <A> what goes in
     * @param <B> what comes out
     * @param from where the values come from, of many inputs
     * @param how keeps them apart
     * @param node what they go through
     * @return the output of {@code node}
     */
    public <A, B> Port<B> partition(
            Port<? extends A> from, Partition<? super A> how, Node<A, B> node) {
        String source = from.aliasIn(draft);
        Port<B> port = then(from, node);
        draft.partition(source, port.alias(), how);
        return port;
    }

    /**
     * Runs {@code node} for each item of a list and gathers the outputs in the order of the items.
     *
     * @param <A> what goes in
     * @param <B> what comes out
     * @param from where the value comes from
     * @param maxInFlight items worked on at a time, at least 1
     * @param node what it goes through
     * @return the outputs, one for each item
     */
    public <A, B> Port<List<B>> each(
            Port<? extends List<? extends A>> from, int maxInFlight, Node<A, B> node) {
        return new EachDraft<A>(draft, from).atMost(maxInFlight).through(node);
    }

    /**
     * Works on a list item by item, where more is to be said than how many at a time: {@code
     * g.each(lines).atMost(8).leavingOut().through(price)}.
     *
     * @param <A> items of the list
     * @param from where the list comes from
     * @return what says the rest
     */
    public <A> EachDraft<A> each(Port<? extends List<? extends A>> from) {
        return new EachDraft<>(draft, from);
    }

    /**
     * Runs {@code node} for several items of a list in one call and puts the outputs together in
     * the order of the items. Whatever is said about {@code node} holds for a call: its retries,
     * limits and what becomes of failures. A call that gives more or fewer outputs than it got
     * items has failed.
     *
     * @param <A> items of the list
     * @param <B> what becomes of an item
     * @param from where the list comes from
     * @param how items of a call, and calls at a time
     * @param node gets some items and gives an output for each, in their order
     * @return the outputs, one for each item
     */
    public <A, B> Port<List<B>> batch(
            Port<? extends List<? extends A>> from, Batches how, Node<List<A>, List<B>> node) {
        String alias = draft.add(node);
        draft.edge(from.aliasIn(draft), alias, node);
        draft.batch(from.alias(), alias, how);
        return new Port<>(draft, alias, node.output());
    }

    /**
     * Waits for both values of one input and makes one of them.
     *
     * @param <A> the first value
     * @param <B> the second value
     * @param <O> what comes out
     * @param name alias of the new node
     * @param first the first value
     * @param second the second value
     * @param output class of what comes out
     * @param how makes one value of them; as pure as a pure node's body
     * @return the joined value
     */
    public <A, B, O> Port<O> join(
            String name,
            Port<? extends A> first,
            Port<? extends B> second,
            Class<O> output,
            JoinTwo<? super A, ? super B, ? extends O> how) {
        return draft.join(
                name, Type.of(output), NodeBody.JoiningTwo.of(how), List.of(first, second));
    }

    /**
     * Pairs values by position: the first of each, then the second of each, whatever inputs of the
     * flow they came of. A value waits until the other has one; how many wait is bounded as every
     * edge is. When the shorter of the two has ended, what is left of the longer goes nowhere.
     *
     * @param <A> the first value
     * @param <B> the second value
     * @param <O> what comes out
     * @param name alias of the new node
     * @param first the first values
     * @param second the second values
     * @param output class of what comes out
     * @param how makes one value of them; as pure as a pure node's body
     * @return the pairs
     */
    public <A, B, O> Port<O> zip(
            String name,
            Port<? extends A> first,
            Port<? extends B> second,
            Class<O> output,
            JoinTwo<? super A, ? super B, ? extends O> how) {
        return draft.zip(
                name, Type.of(output), NodeBody.JoiningTwo.of(how), List.of(first, second));
    }

    /**
     * Pairs the items of two lists of one input by what they have in common: {@code g.keyed(orders,
     * stock).on(Order::sku, Item::sku).inner("both", Both.class, Both::new)}.
     *
     * @param <A> items of the first list
     * @param <B> items of the second list
     * @param first the first list
     * @param second the second list
     * @return the join, of which no more is said yet
     */
    public <A, B> KeyedDraft<A, B> keyed(
            Port<? extends List<? extends A>> first, Port<? extends List<? extends B>> second) {
        return new KeyedDraft<>(draft, List.of(first, second));
    }

    /**
     * Waits for all three values of one input and makes one of them.
     *
     * @param <A> the first value
     * @param <B> the second value
     * @param <C> the third value
     * @param <O> what comes out
     * @param name alias of the new node
     * @param first the first value
     * @param second the second value
     * @param third the third value
     * @param output class of what comes out
     * @param how makes one value of them; as pure as a pure node's body
     * @return the joined value
     */
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
     *
     * @param <S> the type that is branched over
     * @param <O> what every arm gives
     * @param from where the value comes from
     * @param type a sealed type
     * @param output class of what every arm gives
     * @return the branch, to be given its arms
     */
    public <S, O> Choice<S, O> choose(Port<? extends S> from, Class<S> type, Class<O> output) {
        return new Choice<>(
                draft, this, from.aliasIn(draft), type, Type.of(output), Site.ofCaller());
    }

    /**
     * Branches over a condition: one of the two nodes runs, and their outputs meet in {@code
     * merge}.
     *
     * @param <A> what goes in
     * @param <O> what both nodes give
     * @param from where the value comes from
     * @param condition tests the value; must only compute
     * @param then runs when it holds
     * @param otherwise runs when it does not
     * @param merge alias of the node where the two meet
     * @param output class of what both nodes give
     * @return the output of the node that ran
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

    /**
     * Sends the value through {@code node}. What it cannot work on, when no attempt is left, goes
     * through {@code otherwise} instead; their outputs meet in {@code merge}.
     *
     * @param <A> what goes in
     * @param <O> what both nodes give
     * @param from where the value comes from
     * @param node what it goes through
     * @param otherwise gets the value as it came when {@code node} failed or took too long
     * @param merge alias of the node where the two meet
     * @param output class of what both nodes give
     * @return the output of the node that gave one
     */
    public <A, O> Port<O> orElse(
            Port<? extends A> from,
            Node<? super A, ? extends O> node,
            Node<? super A, ? extends O> otherwise,
            String merge,
            Class<O> output) {
        String alias = draft.add(node);
        draft.edge(from.aliasIn(draft), alias, node);
        String to = draft.letters(alias, otherwise);
        draft.failures().letters(alias, to);
        return draft.merge(merge, Type.of(output), List.of(alias, to));
    }

    /**
     * Sends the value through {@code node}, whose attempts take {@code limit} at most. What takes
     * longer goes through {@code otherwise} instead; their outputs meet in {@code merge}. Other
     * failures of {@code node} are failures as ever.
     *
     * @param <A> what goes in
     * @param <O> what both nodes give
     * @param limit wall-clock time, whole milliseconds, at least 1 ms
     * @param from where the value comes from
     * @param node what it goes through
     * @param otherwise gets the value as it came when {@code node} took too long
     * @param merge alias of the node where the two meet
     * @param output class of what both nodes give
     * @return the output of the node that gave one
     */
    public <A, O> Port<O> within(
            Duration limit,
            Port<? extends A> from,
            Node<? super A, ? extends O> node,
            Node<? super A, ? extends O> otherwise,
            String merge,
            Class<O> output) {
        String alias = draft.add(node);
        draft.edge(from.aliasIn(draft), alias, node);
        String to = draft.letters(alias, otherwise);
        draft.failures().late(alias, limit, to);
        return draft.merge(merge, Type.of(output), List.of(alias, to));
    }

    /**
     * Sends the value through {@code node}. What it cannot work on, when no attempt is left, goes
     * to {@code letters} and the run goes on without its output.
     *
     * @param <A> what goes in
     * @param <B> what comes out
     * @param from where the value comes from
     * @param node what it goes through
     * @param letters gets the value as it came when {@code node} failed or took too long
     * @return the output of {@code node}
     */
    public <A, B> Port<B> deadLetter(
            Port<? extends A> from, Node<A, B> node, Node<? super A, ?> letters) {
        Port<B> port = then(from, node);
        draft.failures().letters(port.alias(), draft.letters(port.alias(), letters));
        return port;
    }

    /**
     * Sends the value through {@code node} again and again, until {@code done} holds of what it
     * gave.
     *
     * @param <A> what goes round
     * @param from where the value comes from
     * @param done tests what {@code node} gave; must only compute
     * @param rounds how often at most, and what follows
     * @param node what the value goes through, once at least
     * @return the value that is done
     */
    public <A> Port<A> until(
            Port<? extends A> from, Predicate<? super A> done, Rounds rounds, Node<A, A> node) {
        String source = from.aliasIn(draft);
        Port<A> port = then(from, node);
        draft.until(source, port.alias(), port.alias(), rounds, it -> done.test(Node.<A>cast(it)));
        return port;
    }

    /**
     * As {@link #until(Port, Predicate, Rounds, Node)}, for a loop of several nodes in a line.
     *
     * @param <A> what goes round
     * @param <B> what the first node gives
     * @param from where the value comes from
     * @param done tests what the last node gave; must only compute
     * @param rounds how often at most, and what follows
     * @param first the first node
     * @param rest draws on from there, one node after the other
     * @return the value that is done
     */
    public <A, B> Port<A> until(
            Port<? extends A> from,
            Predicate<? super A> done,
            Rounds rounds,
            Node<A, B> first,
            Function<Port<B>, Port<A>> rest) {
        String source = from.aliasIn(draft);
        Port<B> begun = then(from, first);
        Port<A> port = rest.apply(begun);
        String exit = port.aliasIn(draft);
        draft.until(source, begun.alias(), exit, rounds, it -> done.test(Node.<A>cast(it)));
        return port;
    }

    /**
     * Puts the values of an instance's inputs together by time: {@code g.window(orders,
     * tumbling(ofMinutes(1))).by(String.class,
     * Order::customer).at(Order::atMillis).collect("minutes")}.
     *
     * @param <T> the values
     * @param from where the values come from
     * @param shape the spans of time
     * @return the windows, of which no more is said yet
     */
    public <T> WindowDraft<T, String> window(Port<T> from, WindowShape shape) {
        Type<T> item = FlowDraft.cast(from.type());
        return WindowDraft.of(draft, from, item, shape, WindowDraft.Over.INPUTS);
    }

    /**
     * Puts the items of one list together by a time that they carry, as if they came in its order:
     * {@code g.windowsOf(readings, tumbling(ofMinutes(1)), it ->
     * it.at(Reading::atMillis).collect("minutes"))}. Needs one input, so it is for runs of any
     * kind.
     *
     * @param <T> the items
     * @param <W> the windows
     * @param from where the list comes from
     * @param shape the spans of time
     * @param say says the rest; {@link WindowDraft#at} among it, and no {@link WindowDraft#late}
     * @return all windows of the list, in the order in which they end
     */
    public <T, W> Port<List<W>> windowsOf(
            Port<List<T>> from, WindowShape shape, Function<WindowDraft<T, String>, Port<W>> say) {
        Type<T> item = FlowDraft.cast(from.type().arguments().get(0));
        Port<W> port = say.apply(WindowDraft.of(draft, from, item, shape, WindowDraft.Over.LIST));
        return new Port<>(draft, port.alias(), draft.listed(port.alias()));
    }

    /**
     * Lets the values of several ports go on as one stream of values, in the order they arrive.
     *
     * @param <T> type of the values
     * @param name alias of the new node
     * @param type class of the values
     * @param from where the values come from
     * @return every one of the values
     */
    @SafeVarargs
    public final <T> Port<T> merge(String name, Class<T> type, Port<? extends T>... from) {
        return draft.merge(name, Type.of(type), Port.aliases(draft, from));
    }

    /**
     * Lets the first of several values of one input go on. What is still at work for the others,
     * wherever it is on ways that lead only here, is interrupted. A way that fails has lost; when
     * all fail, so does the run, with {@code RUN109}, which names them all.
     *
     * @param <T> type of the values
     * @param name alias of the new node
     * @param type class of the values
     * @param from where the values come from, two or more
     * @return the value that came first
     */
    @SafeVarargs
    public final <T> Port<T> race(String name, Class<T> type, Port<? extends T>... from) {
        return draft.race(name, Type.of(type), Losers.CANCEL, Port.aliases(draft, from));
    }

    /**
     * As {@link #race(String, Class, Port[])}, and says what becomes of bodies that run when their
     * item has lost.
     *
     * @param <T> type of the values
     * @param name alias of the new node
     * @param type class of the values
     * @param losers what becomes of them
     * @param from where the values come from, two or more
     * @return the value that came first
     */
    @SafeVarargs
    public final <T> Port<T> race(
            String name, Class<T> type, Losers losers, Port<? extends T>... from) {
        return draft.race(name, Type.of(type), losers, Port.aliases(draft, from));
    }
}
