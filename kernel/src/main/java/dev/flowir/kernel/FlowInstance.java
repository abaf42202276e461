package dev.flowir.kernel;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One live wiring of a flow that takes many inputs and gives their outputs in the order in which
 * they come. At most {@link InstanceOptions#captureCapacity} inputs are outstanding: an input is
 * until everything that came of it has ended and its outputs were taken. Safe for many threads.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public interface FlowInstance<I, O> extends AutoCloseable {

    /** What {@link #offer} answers. */
    enum Admission {
        /** The input is on its way. */
        ACCEPTED,
        /** A bound was met; take outputs and try again. */
        FULL,
        /** No input is taken any more. */
        CLOSED
    }

    /**
     * What {@link #next} answers.
     *
     * @param <O> type of an output
     */
    sealed interface Next<O> {}

    /**
     * An output. Of a flow that streams it is an {@link dev.flowir.ir.ItemStream}.
     *
     * @param value the output
     * @param <O> its type
     */
    record Output<O>(O value) implements Next<O> {}

    /**
     * The instance failed; {@link End} follows.
     *
     * @param failure why
     * @param <O> type of an output
     */
    record Failed<O>(Failure failure) implements Next<O> {}

    /**
     * Nothing follows.
     *
     * @param <O> type of an output
     */
    record End<O>() implements Next<O> {}

    /** {@return the id of the run that this instance is} */
    String id();

    /**
     * Sends an input if there is room for it. Never waits.
     *
     * @param input the input
     * @return whether it was sent
     */
    Admission offer(I input);

    /**
     * Sends an input, waiting while there is no room.
     *
     * @param input the input
     * @return {@link Admission#ACCEPTED} or {@link Admission#CLOSED}
     * @throws InterruptedException when the calling thread was interrupted; nothing was sent
     */
    Admission send(I input) throws InterruptedException;

    /**
     * Waits for the next output.
     *
     * @return the next output, failure or end
     * @throws InterruptedException when the calling thread was interrupted; nothing was taken
     */
    Next<O> next() throws InterruptedException;

    /**
     * Waits at most {@code limit} for the next output; empty when there is none by then.
     *
     * @param limit how many at most
     * @return the next output, failure or end, if there is one by then
     * @throws InterruptedException when the calling thread was interrupted; nothing was taken
     */
    Optional<Next<O>> next(Duration limit) throws InterruptedException;

    /**
     * Sends inputs in their order as far as there is room. Never waits.
     *
     * @param inputs the inputs
     * @return how many were sent: all before the first for which there was no room
     */
    default int offerAll(Collection<? extends I> inputs) {
        int sent = 0;
        for (I input : inputs) {
            if (offer(input) != Admission.ACCEPTED) {
                break;
            }
            sent++;
        }
        return sent;
    }

    /**
     * Takes the outputs that are there, in their order. Never waits. Neither a failure nor the end
     * is taken: {@link #next} says when nothing follows.
     *
     * @param consumer gets each
     * @param most how many at most
     * @return how many were taken
     */
    int drainTo(Consumer<? super O> consumer, int most);

    /** {@return inputs that may be sent before one must end} */
    int permits();

    /** Takes no more inputs; what was begun is finished, and outputs can still be taken. */
    void finish();

    /**
     * Ends now: bodies are interrupted; outputs that wait can still be taken.
     *
     * @param reason by whom or why
     */
    void cancel(String reason);

    /** Ends now and gives up outputs that wait. Does nothing after the end. */
    @Override
    void close();
}
