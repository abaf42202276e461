package dev.flowir.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node as a typed value: a body with its input and output types, and the tokens of what it uses.
 * Effects, determinism and hints follow from the tokens. A node is a definition; the same value may
 * stand in many flows, and twice in one.
 *
 * @param <I> input
 * @param <O> output
 */
public final class Node<I, O> {

    private final String name;
    private final Type<I> input;
    private final Type<O> output;
    private final List<Token<?>> tokens;
    private final NodeBody body;
    private final List<NodeOption> options;
    private final Site site;

    private Node(
            String name,
            Type<I> input,
            Type<O> output,
            List<Token<?>> tokens,
            NodeBody body,
            List<NodeOption> options,
            Site site) {
        this.name = name;
        this.input = input;
        this.output = output;
        this.tokens = List.copyOf(tokens);
        this.body = body;
        this.options = List.copyOf(options);
        this.site = site;
    }

    static <I, O> Node<I, O> of(
            String name, Type<I> input, Type<O> output, NodeBody body, Token<?>... tokens) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a node needs a name that is not blank");
        }
        return new Node<>(name, input, output, List.of(tokens), body, List.of(), Site.ofCaller());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // edges are typed
    static <I> I cast(Object input) {
        return (I) input;
    }

    /**
     * {@return a node that only computes: pure and strict}
     *
     * @param <I> input
     * @param <O> output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param output type of the output
     * @param body what it does
     */
    public static <I, O> Node<I, O> pure(
            String name, Class<I> input, Class<O> output, Body.Pure<? super I, ? extends O> body) {
        return pure(name, Type.of(input), Type.of(output), body);
    }

    /**
     * {@return a node that only computes: pure and strict}
     *
     * @param <I> input
     * @param <O> output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param output type of the output
     * @param body what it does
     */
    public static <I, O> Node<I, O> pure(
            String name, Type<I> input, Type<O> output, Body.Pure<? super I, ? extends O> body) {
        return of(name, input, output, NodeBody.Computing.of(body));
    }

    /**
     * {@return a pure node that takes a value apart into a list of items}
     *
     * @param <I> input
     * @param <T> item
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param item type of an item
     * @param body what it does
     */
    public static <I, T> Node<I, List<T>> split(
            String name,
            Class<I> input,
            Class<T> item,
            Body.Pure<? super I, ? extends List<T>> body) {
        return pure(name, Type.of(input), Type.listOf(item), body);
    }

    /**
     * {@return a node that reads through one capability: read-only, its body gets the reading
     * handle}
     *
     * @param <A> what the body uses
     * @param <I> input
     * @param <O> output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param output type of the output
     * @param token what it uses
     * @param body what it does
     */
    public static <A, I, O> Node<I, O> reads(
            String name,
            Class<I> input,
            Class<O> output,
            ReadToken<A> token,
            Body.Using<? super A, ? super I, ? extends O> body) {
        return reads(name, Type.of(input), Type.of(output), token, body);
    }

    /**
     * {@return a node that reads through one capability: read-only, its body gets the reading
     * handle}
     *
     * @param <A> what the body uses
     * @param <I> input
     * @param <O> output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param output type of the output
     * @param token what it uses
     * @param body what it does
     */
    public static <A, I, O> Node<I, O> reads(
            String name,
            Type<I> input,
            Type<O> output,
            ReadToken<A> token,
            Body.Using<? super A, ? super I, ? extends O> body) {
        return using(name, input, output, token, body);
    }

    /**
     * {@return a node that reads through two capabilities}
     *
     * @param <A> what the body uses
     * @param <B> what the body uses as well
     * @param <I> input
     * @param <O> output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param output type of the output
     * @param first what it uses first
     * @param second what it uses as well
     * @param body what it does
     */
    public static <A, B, I, O> Node<I, O> reads(
            String name,
            Class<I> input,
            Class<O> output,
            ReadToken<A> first,
            ReadToken<B> second,
            Body.UsingTwo<? super A, ? super B, ? super I, ? extends O> body) {
        return usingTwo(name, Type.of(input), Type.of(output), first, second, body);
    }

    /**
     * {@return a node that works through one capability: effectful when the token writes}
     *
     * @param <A> what the body uses
     * @param <I> input
     * @param <O> output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param output type of the output
     * @param token what it uses
     * @param body what it does
     */
    public static <A, I, O> Node<I, O> effect(
            String name,
            Class<I> input,
            Class<O> output,
            Token<A> token,
            Body.Using<? super A, ? super I, ? extends O> body) {
        return using(name, Type.of(input), Type.of(output), token, body);
    }

    /**
     * {@return a node that works through one capability: effectful when the token writes}
     *
     * @param <A> what the body uses
     * @param <I> input
     * @param <O> output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param output type of the output
     * @param token what it uses
     * @param body what it does
     */
    public static <A, I, O> Node<I, O> effect(
            String name,
            Type<I> input,
            Type<O> output,
            Token<A> token,
            Body.Using<? super A, ? super I, ? extends O> body) {
        return using(name, input, output, token, body);
    }

    /**
     * {@return a node that works through two capabilities: effectful when one of the tokens writes}
     *
     * @param <A> what the body uses
     * @param <B> what the body uses as well
     * @param <I> input
     * @param <O> output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param output type of the output
     * @param first what it uses first
     * @param second what it uses as well
     * @param body what it does
     */
    public static <A, B, I, O> Node<I, O> effect(
            String name,
            Class<I> input,
            Class<O> output,
            Token<A> first,
            Token<B> second,
            Body.UsingTwo<? super A, ? super B, ? super I, ? extends O> body) {
        return usingTwo(name, Type.of(input), Type.of(output), first, second, body);
    }

    /**
     * {@return a node that works through three capabilities: effectful when one of the tokens
     * writes}
     *
     * @param <A> what the body uses
     * @param <B> what the body uses as well
     * @param <C> what the body uses as well
     * @param <I> input
     * @param <O> output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param output type of the output
     * @param first what it uses first
     * @param second what it uses as well
     * @param third what it uses as well
     * @param body what it does
     */
    public static <A, B, C, I, O> Node<I, O> effect(
            String name,
            Class<I> input,
            Class<O> output,
            Token<A> first,
            Token<B> second,
            Token<C> third,
            Body.UsingThree<? super A, ? super B, ? super C, ? super I, ? extends O> body) {
        NodeBody.Single erased =
                (in, handles, context) ->
                        body.apply(
                                handles.get(first),
                                handles.get(second),
                                handles.get(third),
                                Node.<I>cast(in),
                                context);
        return of(name, Type.of(input), Type.of(output), erased, first, second, third);
    }

    /**
     * {@return a pure node that emits items over time; what a flow that ends in it gives is a
     * stream}
     *
     * @param <I> input
     * @param <T> item
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param item type of an item
     * @param body what it does
     */
    public static <I, T> Node<I, ItemStream<T>> streams(
            String name, Class<I> input, Class<T> item, Body.Streaming<? super I, T> body) {
        NodeBody.Streaming erased =
                (in, out, handles, context) -> body.run(Node.<I>cast(in), out::emit, context);
        return of(name, Type.of(input), Type.streamOf(Type.of(item)), erased);
    }

    /**
     * {@return a node with one capability that emits items over time}
     *
     * @param <A> what the body uses
     * @param <I> input
     * @param <T> item
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param item type of an item
     * @param token what it uses
     * @param body what it does
     */
    public static <A, I, T> Node<I, ItemStream<T>> streams(
            String name,
            Class<I> input,
            Class<T> item,
            Token<A> token,
            Body.StreamingUsing<? super A, ? super I, T> body) {
        NodeBody.Streaming erased =
                (in, out, handles, context) ->
                        body.run(handles.get(token), Node.<I>cast(in), out::emit, context);
        return of(name, Type.of(input), Type.streamOf(Type.of(item)), erased, token);
    }

    private static <A, I, O> Node<I, O> using(
            String name,
            Type<I> input,
            Type<O> output,
            Token<A> token,
            Body.Using<? super A, ? super I, ? extends O> body) {
        NodeBody.Single erased =
                (in, handles, context) -> body.apply(handles.get(token), Node.<I>cast(in), context);
        return of(name, input, output, erased, token);
    }

    private static <A, B, I, O> Node<I, O> usingTwo(
            String name,
            Type<I> input,
            Type<O> output,
            Token<A> first,
            Token<B> second,
            Body.UsingTwo<? super A, ? super B, ? super I, ? extends O> body) {
        NodeBody.Single erased =
                (in, handles, context) ->
                        body.apply(
                                handles.get(first), handles.get(second), Node.<I>cast(in), context);
        return of(name, input, output, erased, first, second);
    }

    /**
     * {@return the same node with further options; a later option of one kind replaces an earlier
     * one}
     *
     * @param more added to those it has
     */
    public Node<I, O> with(NodeOption... more) {
        List<NodeOption> all = new ArrayList<>(options);
        for (NodeOption option : more) {
            all.removeIf(old -> old.getClass() == option.getClass());
            all.add(option);
        }
        return new Node<>(name, input, output, tokens, body, all, site);
    }

    /**
     * {@return the same node where of what waits for it the most urgent goes first} On the way to
     * it and, with {@link NodeOption#concurrency}, in the line for its permits.
     *
     * @param priority says how urgent an item is
     */
    public Node<I, O> by(Priority<? super I> priority) {
        return with(new NodeOption.Ranked(priority));
    }

    /**
     * The same node with what undoes it. When a durable run fails after it began this node, or is
     * ended by {@code terminateAndUndo}, nodes that were begun are undone one after the other, the
     * last first. Runtimes that are not durable refuse a flow with such a node.
     *
     * @param <A> what the body uses
     * @param undoName alias of what undoes it, numbered when taken
     * @param token what the body uses; must write
     * @param undo undoes one item of this node; may be called more than once for it, with the same
     *     idempotency key
     * @param undoOptions {@code retry}, five times and exponential from a second unless told, and
     *     {@code timeout}
     * @return the node
     * @throws IllegalArgumentException when this node changes nothing, or {@code token} cannot
     */
    public <A> Node<I, O> undoneBy(
            String undoName,
            Token<A> token,
            Body.Undoing<? super A, I, O> undo,
            NodeOption... undoOptions) {
        return with(Undo.of(this, undoName, token, undo, undoOptions));
    }

    /**
     * The same node with something before its body that uses one more capability: a cache that may
     * know the answer, a limit that is asked first.
     *
     * @param <A> what it uses
     * @param token what it uses; reads, so that the node may do no more than before
     * @param around runs the body, or answers in its place
     * @return the node
     * @throws IllegalArgumentException when the node emits a stream
     */
    public <A> Node<I, O> through(ReadToken<A> token, Body.Around<? super A, ? super I, O> around) {
        NodeBody more = Through.body(this, token, around);
        return new Node<>(name, input, output, Through.more(tokens, token), more, options, site);
    }

    /**
     * {@return the same node under another name, for its second place in one flow}
     *
     * @param newName alias in a flow
     */
    public Node<I, O> named(String newName) {
        return new Node<>(newName, input, output, tokens, body, options, Site.ofCaller());
    }

    /** {@return the name: the alias in a flow, numbered when taken} */
    public String name() {
        return name;
    }

    /** {@return type of the input} */
    public Type<I> input() {
        return input;
    }

    /** {@return type of the output} */
    public Type<O> output() {
        return output;
    }

    /** {@return what the body uses, in the order of its parameters} */
    public List<Token<?>> tokens() {
        return tokens;
    }

    /** {@return the body with its types erased} */
    public NodeBody body() {
        return body;
    }

    /** {@return the options} */
    public List<NodeOption> options() {
        return options;
    }

    /** {@return where the node was defined} */
    public Site site() {
        return site;
    }

    /** {@return effects inferred from the tokens: the most permissive minimum} */
    public Effects effects() {
        Effects level = Effects.PURE;
        for (Token<?> token : tokens) {
            level = level.join(token.effects());
        }
        return level;
    }

    /** {@return determinism inferred from the tokens: the most permissive minimum} */
    public Determinism determinism() {
        Determinism level = body instanceof Wait ? Determinism.BEST_EFFORT : Determinism.STRICT;
        for (Token<?> token : tokens) {
            level = level.join(token.determinism());
        }
        return level;
    }

    /** {@return effect hints of all tokens, in order, without repeats} */
    public List<String> effectHints() {
        return TokenHints.of(tokens, Token::effectHints);
    }

    /** {@return determinism hints of all tokens, in order, without repeats} */
    public List<String> determinismHints() {
        return body instanceof Wait
                ? List.of(Wait.HINT)
                : TokenHints.of(tokens, Token::determinismHints);
    }

    /**
     * {@return the option of one kind, when the node has it}
     *
     * @param <T> kind of option
     * @param kind class of the option
     */
    public <T extends NodeOption> Optional<T> option(Class<T> kind) {
        for (NodeOption option : options) {
            if (kind.isInstance(option)) {
                return Optional.of(kind.cast(option));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name + "(" + input + " -> " + output + ", " + effects().wire() + ") at " + site;
    }
}
