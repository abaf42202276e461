package dev.flowir.kernel.journal;

import dev.flowir.kernel.ExecutionListener.AttemptEnd;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.machine.Interruption;
import dev.flowir.kernel.machine.MachineObserver;

/**
 * Watches a run while entries are applied to it. Called within {@link RunCore#apply}, in replays as
 * well as live; what it sees has no part in what the run does.
 */
public interface RunWatch extends MachineObserver {

    /** Watches nothing. */
    RunWatch NONE = new RunWatch() {};

    /**
     * A body that only computes begins.
     *
     * @param node index of the node
     * @param attempt number of the attempt, from 1
     */
    default void computing(int node, int attempt) {}

    /**
     * A body that only computes ended.
     *
     * @param node index of the node
     * @param attempt number of the attempt, from 1
     * @param end how it ended
     */
    default void computed(int node, int attempt, AttemptEnd end) {}

    /**
     * An attempt at a step was given up.
     *
     * @param node index of the node
     * @param why why
     */
    default void givenUp(int node, Interruption why) {}

    /**
     * Work beside the result failed after the result was given.
     *
     * @param failure why
     */
    default void sideFailed(Failure failure) {}
}
