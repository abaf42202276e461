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

    /**
     * Makes a call by its name: as {@link #call(Call)}, and also of objects that live elsewhere.
     *
     * @param call one that the class was given by {@link ObjectClass#calls}
     * @param input what it is given
     * @param <I> what it is given
     * @param <O> its answer
     * @return the answer
     * @throws ObjectException as for {@link #call(Call)}, and {@link ObjectFault#CALL_FAILED} when
     *     it throws
     */
    <I, O> O call(ObjectCall<? super C, I, O> call, I input);

    /**
     * As {@link #call(ObjectCall, Object)}, without waiting. What one reference sends runs in the
     * order it was sent.
     *
     * @param call one that the class was given by {@link ObjectClass#calls}
     * @param input what it is given
     * @param <I> what it is given
     * @param <O> its answer
     * @return its answer to come
     */
    <I, O> ObjectReply<O> send(ObjectCall<? super C, I, O> call, I input);

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
