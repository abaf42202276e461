package dev.flowir.queue;

import java.util.List;

/**
 * Messages of one queue, handed to a consumer together. Each ends acknowledged, retried or given
 * up, by the first of these that is said about it:
 *
 * <table>
 * <caption>What a call does, by what was said before</caption>
 * <tr><th>before</th><th>{@code m.ack()}</th><th>{@code m.retry()}</th><th>{@code ackAll()}</th><th>{@code retryAll()}</th></tr>
 * <tr><td>nothing</td><td>acked</td><td>retried</td><td>all acked</td><td>all retried</td></tr>
 * <tr><td>{@code m.ack()}</td><td>–</td><td>ignored, warns</td><td>the others acked</td><td>the others retried</td></tr>
 * <tr><td>{@code m.retry()}</td><td>ignored, warns</td><td>its delay changes</td><td>the others acked</td><td>the others retried</td></tr>
 * <tr><td>{@code ackAll()}</td><td>–</td><td>ignored, warns</td><td>–</td><td>ignored, warns</td></tr>
 * <tr><td>{@code retryAll()}</td><td>ignored, warns</td><td>its delay changes</td><td>ignored, warns</td><td>the delay changes</td></tr>
 * <tr><td>the handler returned</td><td colspan="4">what was not decided is acked; a call that comes later is ignored and warns</td></tr>
 * <tr><td>the handler threw</td><td colspan="4">what was not decided is retried; a call that comes later is ignored and warns</td></tr>
 * </table>
 *
 * <p>{@code m.giveUp()} counts as {@code m.retry()} and is final: nothing changes it. Thread-safe.
 */
public interface Batch {

    /**
     * The queue that the messages come from.
     *
     * @return its name
     */
    String queue();

    /**
     * The messages.
     *
     * @return at least one, oldest first as far as a queue keeps order
     */
    List<Message> messages();

    /**
     * What waited when the batch was made.
     *
     * @return numbers of the queue, this batch included
     */
    QueueMetrics metrics();

    /** Acknowledges what was not decided. */
    void ackAll();

    /**
     * Retries what was not decided.
     *
     * @param retry when, and why
     */
    void retryAll(Retry retry);

    /** Retries what was not decided, after the queue's delay. */
    default void retryAll() {
        retryAll(Retry.asConfigured());
    }
}
