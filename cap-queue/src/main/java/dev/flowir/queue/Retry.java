package dev.flowir.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * When to deliver again, and why.
 *
 * @param delay time until then, 0 to {@link QueueLimits#maxDelay()}; the queue's when empty
 * @param cause what went wrong, for the dead letter
 * @param runId the run that worked on it, for the dead letter
 */
public record Retry(Optional<Duration> delay, Optional<Throwable> cause, Optional<String> runId) {

    private static final Retry AS_CONFIGURED =
            new Retry(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * After the queue's delay.
     *
     * @return no option
     */
    public static Retry asConfigured() {
        return AS_CONFIGURED;
    }

    /**
     * After {@code delay}.
     *
     * @param delay at least zero
     * @return the option
     */
    public static Retry after(Duration delay) {
        return new Retry(Optional.of(delay), Optional.empty(), Optional.empty());
    }

    /**
     * After the queue's delay, because of {@code cause}.
     *
     * @param cause what went wrong
     * @return the option
     */
    public static Retry because(Throwable cause) {
        return new Retry(Optional.empty(), Optional.of(cause), Optional.empty());
    }

    /**
     * The same after {@code newDelay}.
     *
     * @param newDelay at least zero
     * @return the options
     */
    public Retry delayed(Duration newDelay) {
        return new Retry(Optional.of(newDelay), cause, runId);
    }

    /**
     * The same, naming the run that worked on the message.
     *
     * @param run id of the run
     * @return the options
     */
    public Retry inRun(String run) {
        return new Retry(delay, cause, Optional.of(run));
    }
}
