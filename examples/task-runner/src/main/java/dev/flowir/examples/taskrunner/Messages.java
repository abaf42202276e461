package dev.flowir.examples.taskrunner;

import java.util.List;
import java.util.Optional;

/** What goes in and out of the task runner's flows. */
final class Messages {

    private Messages() {}

    /**
     * What a client gets for a posted task.
     *
     * @param taskId UUID
     * @param status always {@code pending}
     */
    record Accepted(String taskId, String status) {}

    /**
     * Which task.
     *
     * @param taskId its id
     */
    record TaskRef(String taskId) {}

    /** What a client gets for an id. */
    sealed interface Lookup {}

    /**
     * The task is there.
     *
     * @param taskId UUID
     * @param status where it stands
     */
    record Found(String taskId, String status) implements Lookup {}

    /**
     * There is no such task.
     *
     * @param error always {@code not found}
     */
    record NotFound(String error) implements Lookup {
        NotFound() {
            this("not found");
        }
    }

    /**
     * What waits in the queue.
     *
     * @param taskId UUID
     * @param payload what was posted, JSON text
     * @param drive which time the task goes, 2 after a first redrive, for engines that number them;
     *     empty for the first
     */
    record TaskMessage(String taskId, String payload, Optional<Integer> drive) {

        /** The first time. */
        TaskMessage(String taskId, String payload) {
            this(taskId, payload, Optional.empty());
        }
    }

    /** What a consumer finds when it takes a message. */
    sealed interface Claim {}

    /**
     * The task is to be worked on.
     *
     * @param taskId UUID
     * @param payload JSON text
     */
    record Claimed(String taskId, String payload) implements Claim {}

    /**
     * There is nothing to do: another delivery was faster, or the task expired.
     *
     * @param taskId UUID
     */
    record Over(String taskId) implements Claim {}

    /**
     * The work was done.
     *
     * @param taskId UUID
     */
    record Worked(String taskId) {}

    /**
     * The consumer is through with a message.
     *
     * @param taskId UUID
     */
    record Handled(String taskId) {}

    /**
     * A message that was given up.
     *
     * @param taskId UUID
     * @param payload JSON text
     * @param deliveries how often it was delivered
     * @param lastError what the last delivery failed with
     */
    record Letter(String taskId, String payload, int deliveries, String lastError) {}

    /**
     * Dead letters, newest first.
     *
     * @param letters at most 100
     */
    record Letters(List<Letter> letters) {}

    /**
     * What a redrive did.
     *
     * @param taskId UUID
     * @param moved 1 when the task goes again, 0 when there was no dead letter
     */
    record Redriven(String taskId, int moved) {}

    /** A request without parameters. */
    record Nothing() {}

    /**
     * Removes what expired.
     *
     * @param nowSeconds epoch second
     */
    record Sweep(long nowSeconds) {}

    /**
     * What a sweep did.
     *
     * @param removed tasks removed
     */
    record Swept(long removed) {}
}
