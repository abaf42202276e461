package dev.flowir.object;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One object. References are plain values: keep them or make them anew, either is fine; a reference
 * never goes stale.
 *
 * @param <C> the class in Java
 */
public interface ObjectRef<C> extends ObjectViewRef<C> {

    /**
     * Calls the object, in its turn: one call runs at a time. Answers after what it wrote, and what
     * it has seen, is durable. When {@code call} throws, nothing that it wrote is kept, and the
     * object is made anew from its storage at the next call.
     *
     * <p>An interrupted caller gets a definite answer: {@link ObjectFault#WITHDRAWN}, and nothing
     * was written, or the result. Its interrupt stays set.
     *
     * @param call runs on the object
     * @param <T> its answer
     * @param <X> what it may throw
     * @return the answer
     * @throws X as {@code call} threw it
     * @throws ObjectException {@link ObjectFault#OVERLOADED}, {@link ObjectFault#RESET}, {@link
     *     ObjectFault#TIMED_OUT}, {@link ObjectFault#WITHDRAWN}, {@link ObjectFault#MISPLACED} or
     *     {@link ObjectFault#CLOSED}
     */
    <T, X extends Exception> T call(Call<? super C, T, X> call) throws X;

    /**
     * As {@link #call}, without waiting. The place in the line is taken when this returns, so that
     * calls of one thread run in the order they were made.
     *
     * @param call runs on the object, on another thread
     * @param <T> its answer
     * @return the answer, or a failure; what hangs on it runs on another thread
     */
    <T> CompletableFuture<T> send(Call<? super C, T, ? extends Exception> call);

    @Override
    ObjectRef<C> within(Duration limit);

    /**
     * The same object, where a call that failed with a {@link ObjectFault#retryable()} fault is
     * made again at once. Refusals by {@link ObjectFault#OVERLOADED} are never repeated.
     *
     * @param most how often one call is repeated
     * @return a reference
     */
    ObjectRef<C> retrying(int most);
}
