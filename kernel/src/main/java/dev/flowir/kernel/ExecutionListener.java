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

    /**
     * A run was admitted. Its labels are complete.
     *
     * @param run the run
     */
    default void runStarted(RunInfo run) {}

    /**
     * A run is over: nothing of it is under way.
     *
     * @param failure why it gave no result; empty when it gave one
     * @param nanos time since its start
     * @param run the run
     */
    default void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {}

    /**
     * A body begins.
     *
     * @param run the run
     * @param node alias of the node
     * @param attempt number of the attempt, from 1
     */
    default void attemptStarted(RunInfo run, String node, int attempt) {}

    /**
     * A body ended.
     *
     * @param nanos how long it took, without any waiting for room downstream
     * @param run the run
     * @param node alias of the node
     * @param attempt number of the attempt, from 1
     * @param end how it ended
     */
    default void attemptEnded(RunInfo run, String node, int attempt, AttemptEnd end, long nanos) {}

    /**
     * A failed attempt will be repeated.
     *
     * @param attempt the attempt that failed, from 1
     * @param backoffNanos wait before the next one
     * @param run the run
     * @param node alias of the node
     * @param cause what the body threw
     */
    default void retrying(
            RunInfo run, String node, int attempt, long backoffNanos, Throwable cause) {}

    /**
     * An item of a list was not worked on, and its list goes on: without it, or with what the flow
     * says stands for it.
     *
     * @param run the run
     * @param node alias of the node
     * @param index which item of the list, or which of its batches, from 0
     * @param cause what ended the last attempt
     */
    default void itemFailed(RunInfo run, String node, int index, Throwable cause) {}

    /**
     * A result of an attempt that had been given up was refused.
     *
     * @param run the run
     * @param node alias of the node
     */
    default void lateResult(RunInfo run, String node) {}

    /**
     * A body that runs was given up and is interrupted.
     *
     * @param run the run
     * @param node alias of the node
     * @param reason why
     */
    default void cancelled(RunInfo run, String node, String reason) {}

    /**
     * The number of items that wait changed.
     *
     * @param queue {@code from -> to} for an edge, {@code capture::<alias>} for the outputs
     * @param run the run
     * @param items how many
     */
    default void queueDepth(RunInfo run, String queue, int items) {}

    /**
     * A node's output finds no room; the node waits.
     *
     * @param run the run
     * @param node alias of the node
     * @param queue {@code from -> to} for an edge, {@code capture::<alias>} for the outputs
     */
    default void stalled(RunInfo run, String node, String queue) {}

    /**
     * The output that found no room is on its way.
     *
     * @param run the run
     * @param node alias of the node
     * @param queue {@code from -> to} for an edge, {@code capture::<alias>} for the outputs
     */
    default void resumed(RunInfo run, String node, String queue) {}

    /**
     * Nothing moves in the run; told once each time, where {@link Runtime.Builder#standstillAfter}
     * asks for it. The run goes on.
     *
     * @param run the run
     * @param found who works and who waits for whom
     */
    default void stoodStill(RunInfo run, Standstill found) {}

    /**
     * An item was spilled.
     *
     * @param run the run
     * @param edge {@code from -> to}
     * @param bytes its encoded size
     */
    default void spilled(RunInfo run, String edge, long bytes) {}

    /**
     * A full edge dropped an item, as its policy asks.
     *
     * @param run the run
     * @param edge {@code from -> to}
     */
    default void dropped(RunInfo run, String edge) {}

    /**
     * An input of an instance ended without an output.
     *
     * @param run the run
     * @param why which item ended where
     */
    default void deadEnd(RunInfo run, String why) {}

    /**
     * Work beside the result failed after the result was given.
     *
     * @param run the run
     * @param failure why it failed
     */
    default void sideFailed(RunInfo run, Failure failure) {}

    /**
     * A stream was handed to a consumer.
     *
     * @param run the run
     * @param node alias of the node
     */
    default void streamOpened(RunInfo run, String node) {}

    /**
     * A stream is over: ended, broken, or left by its consumer.
     *
     * @param run the run
     * @param node alias of the node
     */
    default void streamClosed(RunInfo run, String node) {}
}
