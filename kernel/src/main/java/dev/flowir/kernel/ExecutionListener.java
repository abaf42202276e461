package dev.flowir.kernel;

import java.util.Optional;

/**
 * Hears what happens in runs: for logs, metrics and traces. Every method does nothing by default.
 * Methods are called on the threads that drive runs, some of them while the run stands still, so
 * they must be quick; one that throws is logged and changes nothing. Without a listener nothing is
 * measured.
 */
public interface ExecutionListener {

    /** How an attempt ended. */
    enum AttemptEnd {
        /** It gave a value. */
        COMPLETED,
        /** It gave nothing. */
        EMPTY,
        /** It threw. */
        FAILED,
        /** It was given up before: timed out, cancelled, or the run had failed. */
        GIVEN_UP
    }

    /** A run was admitted. Its labels are complete. */
    default void runStarted(RunInfo run) {}

    /**
     * A run is over: nothing of it is under way.
     *
     * @param failure why it gave no result; empty when it gave one
     * @param nanos time since its start
     */
    default void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {}

    /** A body begins. */
    default void attemptStarted(RunInfo run, String node, int attempt) {}

    /**
     * A body ended.
     *
     * @param nanos how long it took, without any waiting for room downstream
     */
    default void attemptEnded(RunInfo run, String node, int attempt, AttemptEnd end, long nanos) {}

    /**
     * A failed attempt will be repeated.
     *
     * @param attempt the attempt that failed, from 1
     * @param backoffNanos wait before the next one
     */
    default void retrying(
            RunInfo run, String node, int attempt, long backoffNanos, Throwable cause) {}

    /** A result of an attempt that had been given up was refused. */
    default void lateResult(RunInfo run, String node) {}

    /** A body that runs was given up and is interrupted. */
    default void cancelled(RunInfo run, String node, String reason) {}

    /**
     * The number of items that wait changed.
     *
     * @param queue {@code from -> to} for an edge, {@code capture::<alias>} for the outputs
     */
    default void queueDepth(RunInfo run, String queue, int items) {}

    /** A node's output finds no room; the node waits. */
    default void stalled(RunInfo run, String node, String queue) {}

    /** The output that found no room is on its way. */
    default void resumed(RunInfo run, String node, String queue) {}

    /** An item was spilled. */
    default void spilled(RunInfo run, String edge, long bytes) {}

    /** A full edge dropped an item, as its policy asks. */
    default void dropped(RunInfo run, String edge) {}

    /** An input of an instance ended without an output. */
    default void deadEnd(RunInfo run, String why) {}

    /** Work beside the result failed after the result was given. */
    default void sideFailed(RunInfo run, Failure failure) {}

    /** A stream was handed to a consumer. */
    default void streamOpened(RunInfo run, String node) {}

    /** A stream is over: ended, broken, or left by its consumer. */
    default void streamClosed(RunInfo run, String node) {}
}
