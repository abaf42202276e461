package dev.flowir.kernel.machine;

/**
 * Everything that can happen to a run. Time, results and decisions from outside come in here and
 * nowhere else: the list of events is the run.
 */
public sealed interface Event {

    /** {@return when it happened: nanoseconds of a monotonic clock that the driver chose} */
    long nowNanos();

    /**
     * Someone sends an input to the trigger.
     *
     * @param payload the input
     * @param nowNanos when it happened
     */
    record InputSent(long nowNanos, Object payload) implements Event {}

    /**
     * A body with a time limit began: its limit counts from here.
     *
     * @param ticket the attempt
     * @param nowNanos when it happened
     */
    record BodyStarted(long nowNanos, long ticket) implements Event {}

    /**
     * A body gave a value.
     *
     * @param ticket the attempt
     * @param node the node that gave it: the last of a fused segment
     * @param output the value
     * @param nowNanos when it happened
     */
    record BodyCompleted(long nowNanos, long ticket, int node, Object output) implements Event {}

    /**
     * A body gave nothing.
     *
     * @param ticket the attempt
     * @param node the node that gave nothing
     * @param nowNanos when it happened
     */
    record BodyEmpty(long nowNanos, long ticket, int node) implements Event {}

    /**
     * A body threw.
     *
     * @param ticket the attempt
     * @param node the node that threw
     * @param error what it threw
     * @param nowNanos when it happened
     */
    record BodyFailed(long nowNanos, long ticket, int node, Throwable error) implements Event {}

    /**
     * Whoever ran an attempt is gone, so nobody will say how it ended. The attempt counts; unless
     * its edge is {@code at_most_once} the next one begins at once.
     *
     * @param ticket the attempt
     * @param repeats how often an item may be repeated for this reason, where its node asks for no
     *     more: a body that takes the process down with it must not do so for ever
     * @param nowNanos when it was found out
     */
    record AttemptLost(long nowNanos, long ticket, int repeats) implements Event {}

    /**
     * A body is about to give values over time.
     *
     * @param ticket the attempt
     * @param nowNanos when it happened
     */
    record StreamOpened(long nowNanos, long ticket) implements Event {}

    /**
     * A streaming body gave one value, within the demand it was granted.
     *
     * @param ticket the attempt
     * @param item the value
     * @param nowNanos when it happened
     */
    record StreamItem(long nowNanos, long ticket, Object item) implements Event {}

    /**
     * A streaming body returned.
     *
     * @param ticket the attempt
     * @param nowNanos when it happened
     */
    record StreamEnded(long nowNanos, long ticket) implements Event {}

    /**
     * The consumer of a stream asks for more.
     *
     * @param ticket the attempt
     * @param items how many more, at least 1
     * @param nowNanos when it happened
     */
    record StreamDemand(long nowNanos, long ticket, int items) implements Event {}

    /**
     * The longest waiting output was taken.
     *
     * @param nowNanos when it happened
     */
    record OutputTaken(long nowNanos) implements Event {}

    /**
     * A timer that the machine armed came due.
     *
     * @param timer the timer
     * @param nowNanos when it happened
     */
    record TimerFired(long nowNanos, long timer) implements Event {}

    /**
     * An item was spilled.
     *
     * @param ticket which store
     * @param reference where it is, for the driver
     * @param bytes its encoded size
     * @param nowNanos when it happened
     */
    record SpillStored(long nowNanos, long ticket, Object reference, long bytes) implements Event {}

    /**
     * An item was below the size asked for and was not spilled.
     *
     * @param ticket which store
     * @param nowNanos when it happened
     */
    record SpillKept(long nowNanos, long ticket) implements Event {}

    /**
     * A spilled item was brought back.
     *
     * @param ticket which load
     * @param part which part of the load
     * @param payload the item
     * @param nowNanos when it happened
     */
    record SpillLoaded(long nowNanos, long ticket, int part, Object payload) implements Event {}

    /**
     * A spill store failed.
     *
     * @param ticket which store or load
     * @param edge the edge that spills
     * @param error what went wrong
     * @param nowNanos when it happened
     */
    record SpillFailed(long nowNanos, long ticket, int edge, Throwable error) implements Event {}

    /**
     * Someone wants the run to end now.
     *
     * @param reason by whom or why
     * @param nowNanos when it happened
     */
    record Cancel(long nowNanos, String reason) implements Event {}

    /**
     * No more inputs will come; what was begun is finished.
     *
     * @param nowNanos when it happened
     */
    record Close(long nowNanos) implements Event {}
}
