package dev.flowir.queue;

/** What an operator does to one queue. Thread-safe. */
public interface QueueAdmin extends QueueView {

    /**
     * The settings in force.
     *
     * @return as last declared
     */
    QueueSettings settings();

    /**
     * Numbers of this moment.
     *
     * @return the status
     */
    QueueStatus status();

    /** Ends delivery until {@link #resume()}. Sends go on, and so does retention. */
    void pause();

    /** Delivers again. */
    void resume();

    /**
     * Removes all messages, visible and delayed. One in flight stays: it may finish, or come back
     * when it fails.
     *
     * @return how many were removed
     */
    long purge();

    /**
     * Puts dead letters of this queue back into the queues they came from.
     *
     * @param redrive which, how fast
     * @return what was moved
     * @throws QueueException {@link QueueFault#BAD_REDRIVE}
     */
    Redriven redrive(Redrive redrive);
}
