package dev.flowir.kernel;

import dev.flowir.kernel.exec.Feeding;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Many inputs through one flow: from a source to a consumer, with nothing in between. Made by
 * {@link Runtime#feed}, used once.
 *
 * <p>Each input is a run of its own, with the runtime's deadline or that of {@link #within}, and
 * with an id of its own. Inputs are worked on one after another on the thread that calls {@link
 * #forEach}, and an input is taken from the source when the one before was consumed: whoever is
 * slow holds the others up, and nothing piles up. A flow that only computes runs as one loop, at
 * the cost of its bodies.
 *
 * <p>With {@link #byKey} or {@link #parallelism} inputs are dealt out to workers that run beside
 * each other. Inputs with equal keys are worked on and consumed in their order, one at a time; for
 * all others the consumer is called by several threads at once.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class Feed<I, O> {

    /** Inputs that may wait for one worker unless told otherwise. */
    public static final int DEFAULT_BOUND = 256;

    private static final int MOST_BOUND = 1 << 20;

    private final Feeding<I, O> feeding;
    private Invocation<String> each = Invocation.of("");
    private Optional<Consumer<? super FailedInput<I>>> onFailure = Optional.empty();
    private Optional<Function<? super I, ?>> key = Optional.empty();
    private int parallelism;
    private int bound = DEFAULT_BOUND;

    Feed(Feeding<I, O> feeding) {
        this.feeding = feeding;
    }

    /**
     * The deadline of each input, counted from when it is begun; the runtime's unless told.
     *
     * @param deadline the deadline
     * @return this
     */
    public Feed<I, O> within(Duration deadline) {
        each = each.within(deadline);
        return this;
    }

    /**
     * One more label for each run.
     *
     * @param name its key
     * @param value its value
     * @return this
     */
    public Feed<I, O> label(String name, String value) {
        each = each.label(name, value);
        return this;
    }

    /**
     * Goes on after an input that failed, instead of ending there.
     *
     * @param handler is told of each, on the thread that worked on it
     * @return this
     */
    public Feed<I, O> onFailure(Consumer<? super FailedInput<I>> handler) {
        onFailure = Optional.of(handler);
        return this;
    }

    /**
     * Has inputs worked on beside each other, and keeps the order of those with equal keys.
     *
     * @param newKey key of an input; asked on the thread that calls {@link #forEach}
     * @return this
     */
    public Feed<I, O> byKey(Function<? super I, ?> newKey) {
        key = Optional.of(newKey);
        return this;
    }

    /**
     * How many inputs are worked on at a time: one unless told, and with {@link #byKey} as many as
     * there are processors. More than that is of use to flows that wait. Without {@link #byKey}
     * inputs keep no order.
     *
     * @param workers how many, at least 1
     * @return this
     */
    public Feed<I, O> parallelism(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("at least 1 worker, got " + workers);
        }
        parallelism = workers;
        return this;
    }

    /**
     * Inputs that may wait for one worker where there are several. When there is no room for an
     * input, no other is taken from the source.
     *
     * @param inputs how many, from 1 to 1,048,576, rounded up to a power of two; {@link
     *     #DEFAULT_BOUND} unless told
     * @return this
     */
    public Feed<I, O> bound(int inputs) {
        if (inputs < 1 || inputs > MOST_BOUND) {
            throw new IllegalArgumentException(
                    "from 1 to " + MOST_BOUND + " inputs may wait, got " + inputs);
        }
        bound = inputs;
        return this;
    }

    /**
     * Takes all inputs through. Returns when everything is consumed, or when the feed was stopped:
     * by the first input that failed, by {@link #cancel}, by an interrupt of this thread, which is
     * kept, or because the runtime closes.
     *
     * <p>What the source or the consumer throws ends the feed and is thrown from here.
     *
     * @param consumer gets each output. One that is an {@link dev.flowir.ir.ItemStream} is closed
     *     when the consumer returns.
     * @return how it ended
     */
    public Fed<I> forEach(Consumer<? super O> consumer) {
        return feeding.run(each, consumer, onFailure, new Feeding.Sharing<>(workers(), key, bound));
    }

    private int workers() {
        int byDefault = key.isPresent() ? java.lang.Runtime.getRuntime().availableProcessors() : 1;
        return parallelism > 0 ? parallelism : byDefault;
    }

    /**
     * Ends it before the next input; bodies that are at work are interrupted, and their inputs
     * fail. May be called by any thread, also before {@link #forEach}.
     *
     * @param reason by whom or why
     */
    public void cancel(String reason) {
        feeding.cancel(reason);
    }
}
