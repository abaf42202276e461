package dev.flowir.kernel.journal;

import dev.flowir.kernel.RecordedException;

/**
 * Something that happened to a run and that cannot be computed again. The list of entries is the
 * run: results of nodes that only compute are not in it.
 */
public sealed interface Entry {

    /**
     * {@return when it happened, on the run's clock: nanoseconds since 1970, less the time that the
     * run was paused; never before the entry ahead of it}
     */
    long atNanos();

    /**
     * The run began. Its settings are part of it, so that a change of defaults changes no run.
     *
     * @param atNanos when
     * @param input the payload
     * @param deadlineNanos time allowed; -1 for none
     * @param maxSteps steps that it may take
     * @param parent number of the run that began it; 0 when none did
     */
    record Started(long atNanos, Value input, long deadlineNanos, int maxSteps, long parent)
            implements Entry {}

    /**
     * A step gave a value.
     *
     * @param atNanos when
     * @param ticket the attempt
     * @param node index of the node
     * @param output the value
     */
    record Completed(long atNanos, long ticket, int node, Value output) implements Entry {}

    /**
     * A step gave nothing.
     *
     * @param atNanos when
     * @param ticket the attempt
     * @param node index of the node
     */
    record Empty(long atNanos, long ticket, int node) implements Entry {}

    /**
     * A step threw.
     *
     * @param atNanos when
     * @param ticket the attempt
     * @param node index of the node
     * @param error what it threw
     */
    record Failed(long atNanos, long ticket, int node, RecordedException error) implements Entry {}

    /**
     * The process that ran a step is gone.
     *
     * @param atNanos when it was found out
     * @param ticket the attempt
     * @param repeats how often an item is repeated for this reason
     */
    record Lost(long atNanos, long ticket, int repeats) implements Entry {}

    /**
     * A timer came due.
     *
     * @param atNanos when
     * @param timer the timer: of the run, of an attempt, or of a wait
     */
    record Timer(long atNanos, long timer) implements Entry {}

    /**
     * A signal came.
     *
     * @param atNanos when
     * @param name name of the signal
     * @param payload its payload, encoded
     */
    record Signalled(long atNanos, String name, Payload payload) implements Entry {}

    /**
     * Someone answered a node that waits for that.
     *
     * @param atNanos when
     * @param node index of the node
     * @param answer the answer, encoded
     * @param by who
     */
    record Answered(long atNanos, int node, Payload answer, String by) implements Entry {}

    /**
     * The run's clock stops and nothing new begins.
     *
     * @param atNanos when
     */
    record Paused(long atNanos) implements Entry {}

    /**
     * The run goes on where it was paused.
     *
     * @param atNanos when: the same as when it was paused
     * @param pausedNanos for how long its clock stood still
     */
    record Resumed(long atNanos, long pausedNanos) implements Entry {}

    /**
     * Someone ended the run.
     *
     * @param atNanos when
     * @param reason by whom or why
     */
    record Cancelled(long atNanos, String reason) implements Entry {}

    /**
     * Someone ended the run and wants undone what it did.
     *
     * @param atNanos when
     * @param reason by whom or why
     */
    record CancelledToUndo(long atNanos, String reason) implements Entry {}
}
