package dev.flowir.kernel.machine;

import java.util.List;

/** How a run, or a part of it, ended. Nodes and edges are indexes of the plan. */
public sealed interface Outcome {

    /** Everything that was begun was finished. */
    record Finished() implements Outcome {}

    /**
     * A body failed and no retry is left.
     *
     * @param node the node
     * @param attempts attempts made
     * @param cause what the body threw
     */
    record NodeFailed(int node, int attempts, Throwable cause) implements Outcome {}

    /**
     * An attempt took longer than its edge allows and no retry is left.
     *
     * @param node the node
     * @param edge the edge whose limit it was; -1 when several edges join
     * @param item identity of the item
     * @param attempts attempts made
     * @param limitNanos the limit
     * @param ticket the attempt
     */
    record TimedOut(int node, int edge, long item, int attempts, long limitNanos, long ticket)
            implements Outcome {}

    /**
     * The deadline passed.
     *
     * @param limitNanos the time allowed
     */
    record DeadlineExceeded(long limitNanos) implements Outcome {}

    /**
     * The run was cancelled.
     *
     * @param reason by whom or why
     */
    record Cancelled(String reason) implements Outcome {}

    /**
     * The capture cannot be reached any more.
     *
     * @param why which item ended where
     */
    record MissingOutput(DeadEnd why) implements Outcome {}

    /**
     * An item could not be spilled or brought back.
     *
     * @param edge the edge
     * @param cause what went wrong
     */
    record SpillFailed(int edge, Throwable cause) implements Outcome {}

    /**
     * A join by position waits for what cannot come, since no further input can be sent.
     *
     * @param node the joining node
     * @param edge an edge on which items wait for partners
     * @param missing the source whose items are missing
     */
    record Stalled(int node, int edge, int missing) implements Outcome {}

    /**
     * No way of a race gave anything, and at least one failed.
     *
     * @param node the node where the ways meet
     * @param losses what failed, in the order in which it did
     */
    record RaceLost(int node, List<Outcome> losses) implements Outcome {}
}
