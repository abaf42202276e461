package dev.flowir.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * How a message is sent.
 *
 * @param delay time until it becomes visible, 0 to {@link QueueLimits#maxDelay()}; the queue's
 *     {@link QueueSettings#deliveryDelay()} when empty. Zero overrides that one
 */
public record SendOptions(Optional<Duration> delay) {

    private static final SendOptions NONE = new SendOptions(Optional.empty());

    /**
     * As the queue says.
     *
     * @return no option
     */
    public static SendOptions none() {
        return NONE;
    }

    /**
     * Visible after {@code delay}.
     *
     * @param delay at least zero
     * @return the option
     */
    public static SendOptions after(Duration delay) {
        return new SendOptions(Optional.of(delay));
    }
}
