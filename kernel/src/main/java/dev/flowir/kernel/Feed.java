package dev.flowir.kernel;

import dev.flowir.kernel.exec.Feeding;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

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
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class Feed<I, O> {

    private final Feeding<I, O> feeding;
    private Invocation<String> each = Invocation.of("");
    private Optional<Consumer<? super FailedInput<I>>> onFailure = Optional.empty();

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
        return feeding.run(each, consumer, onFailure);
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
