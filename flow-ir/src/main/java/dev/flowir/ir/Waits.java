package dev.flowir.ir;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Nodes that wait. On a durable runtime the wait is recorded and holds no thread. A runtime that
 * keeps nothing can {@link #sleep}, with a timer and without a thread, for as long as it lives;
 * other waits, and any on other drivers, fail and say so.
 */
public final class Waits {

    private Waits() {}

    /**
     * A node that waits for {@code duration} and gives what it got. No thread is held meanwhile. A
     * durable run wakes at the same instant whatever happens to its process.
     *
     * @param <I> input and output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param duration how long; zero or less means not at all
     * @return the node
     */
    public static <I> Node<I, I> sleep(String name, Class<I> input, Duration duration) {
        return Node.of(name, Type.of(input), Type.of(input), Wait.sleep(duration));
    }

    /**
     * A node that waits until an instant that follows from its item, and gives what it got. An
     * instant that has passed means not at all.
     *
     * @param <I> input and output
     * @param name alias in a flow, unless renamed
     * @param input type of the input
     * @param epochMillis until when: milliseconds since 1970; asked once
     * @return the node
     */
    public static <I> Node<I, I> sleepUntil(
            String name, Class<I> input, ToLongFunction<? super I> epochMillis) {
        Wait wait = Wait.until(item -> epochMillis.applyAsLong(Node.<I>cast(item)));
        return Node.of(name, Type.of(input), Type.of(input), wait);
    }

    /**
     * A node that waits for a signal from outside and gives its payload. A signal that came before
     * the wait began is kept for it. When none comes in time the node fails.
     *
     * @param <I> input
     * @param <S> payload of the signal
     * @param name alias in a flow, unless renamed
     * @param input type of the input, which is not passed on
     * @param signal type of the payload
     * @param signalName which signal
     * @param timeout how long to wait at most
     * @return the node
     */
    public static <I, S> Node<I, S> signal(
            String name, Class<I> input, Class<S> signal, String signalName, Duration timeout) {
        return Node.of(name, Type.of(input), Type.of(signal), Wait.signal(signalName, timeout));
    }

    /**
     * As {@link #signal(String, Class, Class, String, Duration)}, for signals of which each says by
     * a key what it is about. One with another key is kept for the node that waits for that.
     *
     * @param <I> input
     * @param <S> payload of the signal
     * @param name alias in a flow, unless renamed
     * @param input type of the input, which is not passed on
     * @param signal type of the payload
     * @param signalName which signal
     * @param key the key that follows from the input, of 1 to 256 characters; asked once
     * @param timeout how long to wait at most
     * @return the node
     */
    public static <I, S> Node<I, S> signal(
            String name,
            Class<I> input,
            Class<S> signal,
            String signalName,
            Function<? super I, String> key,
            Duration timeout) {
        Wait wait = Wait.signal(signalName, item -> key.apply(Node.<I>cast(item)), timeout);
        return Node.of(name, Type.of(input), Type.of(signal), wait);
    }

    /**
     * A node that waits for a person's answer and gives it. It takes the first; when none comes in
     * time the node fails.
     *
     * @param <I> input
     * @param <A> the answers
     * @param name alias in a flow, unless renamed; what is answered
     * @param input type of the input, which is not passed on
     * @param answers the answers that there are
     * @param timeout how long to wait at most
     * @return the node
     */
    public static <I, A extends Enum<A>> Node<I, A> approval(
            String name, Class<I> input, Class<A> answers, Duration timeout) {
        return approval(name, input, answers, timeout, Optional.empty());
    }

    /**
     * As {@link #approval(String, Class, Class, Duration)}, with the answer when nobody gives one
     * in time: an answer that nobody else needs to give leads to whoever is to be asked next.
     *
     * @param <I> input
     * @param <A> the answers
     * @param name alias in a flow, unless renamed; what is answered
     * @param input type of the input, which is not passed on
     * @param answers the answers that there are
     * @param timeout how long to wait at most
     * @param otherwise the answer then
     * @return the node
     */
    public static <I, A extends Enum<A>> Node<I, A> approval(
            String name, Class<I> input, Class<A> answers, Duration timeout, A otherwise) {
        return approval(name, input, answers, timeout, Optional.of(otherwise));
    }

    private static <I, A extends Enum<A>> Node<I, A> approval(
            String name,
            Class<I> input,
            Class<A> answers,
            Duration timeout,
            Optional<A> otherwise) {
        Wait wait = Wait.answer(answers, timeout, otherwise);
        return Node.of(name, Type.of(input), Type.of(answers), wait);
    }

    /**
     * A node that runs another flow and gives its output. The other run is durable too and has an
     * id of its own, which follows from this run, the node and the item. When it fails, or someone
     * ends it, the node fails; when this run is over before it, it is ended.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param name alias in a flow, unless renamed
     * @param flow what runs
     * @return the node
     */
    public static <I, O> Node<I, O> flow(String name, Flow<I, O> flow) {
        return Node.of(name, flow.input(), flow.output(), Wait.flow(flow));
    }
}
