package dev.flowir.kernel;

import java.time.Duration;
import java.util.Optional;

/**
 * A run that was started.
 *
 * @param <O> type of its output
 */
public interface Run<O> {

    /** {@return the run's id, unique per execution} */
    String id();

    /**
     * Waits for the result.
     *
     * @return the result
     * @throws InterruptedException when the calling thread was interrupted; the run goes on
     */
    Result<O> await() throws InterruptedException;

    /**
     * Waits at most {@code limit} for the result; empty when it is not there yet.
     *
     * @param limit how many at most
     * @return the result, if it is there by then
     * @throws InterruptedException when the calling thread was interrupted; the run goes on
     */
    Optional<Result<O>> await(Duration limit) throws InterruptedException;

    /**
     * Ends the run: bodies are interrupted, the result is {@link Failure.Cancelled}.
     *
     * @param reason by whom or why
     */
    void cancel(String reason);
}
