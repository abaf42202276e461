package dev.flowir.queue;

/** Works on batches. Called on a thread of the broker, for several batches at once. */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Works on one batch. Returning acknowledges what was not decided, throwing retries it.
     *
     * @param batch at least one message, all of one queue
     * @throws Exception when the work failed
     */
    void handle(Batch batch) throws Exception;
}
