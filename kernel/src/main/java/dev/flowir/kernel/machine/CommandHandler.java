package dev.flowir.kernel.machine;

/**
 * Executes what the machine asks for. Called from {@link Machine#drain}, one command at a time in
 * order; must not call the machine back, and must not run bodies within the call. Commands as
 * values: {@link Command#recorder}.
 */
public interface CommandHandler {

    /**
     * Run a body.
     *
     * @param ticket the attempt: what events about it must carry
     * @param node the node, head of its segment
     * @param attempt number of the attempt, from 1
     * @param item identity of the item: the same for every attempt, another for other work
     * @param input what the body gets
     * @param limitNanos time limit of the attempt; 0 for none. With a limit, {@link
     *     Event.BodyStarted} must be offered when the body begins
     */
    void invoke(long ticket, int node, int attempt, long item, Object input, long limitNanos);

    /**
     * Interrupt an attempt that was given up; whatever it still does is late.
     *
     * @param ticket the attempt
     * @param node index of the node
     * @param why why
     */
    void interrupt(long ticket, int node, Interruption why);

    /**
     * Offer {@link Event.TimerFired} at {@code atNanos}.
     *
     * @param timer the timer
     * @param kind what it is for
     * @param atNanos when it is due, on the clock of the events
     */
    void armTimer(long timer, TimerKind kind, long atNanos);

    /**
     * Forget a timer.
     *
     * @param timer the timer
     */
    void cancelTimer(long timer);

    /**
     * Hand an output to the caller.
     *
     * @param value the output
     */
    void outputReady(Object value);

    /**
     * Hand a stream to the caller; its demand and end come as further events and commands.
     *
     * @param ticket the attempt
     */
    void streamReady(long ticket);

    /**
     * Hand one item of a stream to its consumer.
     *
     * @param ticket the attempt
     * @param item the item
     */
    void streamItem(long ticket, Object item);

    /**
     * Let a streaming body give {@code items} more.
     *
     * @param ticket the attempt
     * @param items how many more
     */
    void grantDemand(long ticket, int items);

    /**
     * Tell the consumer of a stream that nothing follows, and why.
     *
     * @param ticket the attempt
     * @param outcome how it ended
     */
    void streamEnded(long ticket, Outcome outcome);

    /**
     * Encode and store an item.
     *
     * @param ticket what the answer must carry
     * @param edge the edge that spills
     * @param payload the item
     * @param minBytes encoded size from which it is stored; smaller items are kept
     */
    void spillStore(long ticket, int edge, Object payload, long minBytes);

    /**
     * Load a stored item.
     *
     * @param ticket what the answer must carry
     * @param part what the answer must carry as well
     * @param edge the edge that spilled
     * @param reference where the item is
     */
    void spillLoad(long ticket, int part, int edge, Object reference);

    /**
     * Delete a stored item.
     *
     * @param edge the edge that spills
     * @param reference where the item is
     */
    void spillDelete(int edge, Object reference);

    /**
     * Tell the caller that the run failed.
     *
     * @param outcome how it ended
     */
    void failed(Outcome outcome);

    /**
     * Report a failure that does not change the result, which was given before.
     *
     * @param outcome how it ended
     */
    void sideFailed(Outcome outcome);

    /**
     * The run is over; no command follows.
     *
     * @param outcome how it ended
     */
    void ended(Outcome outcome);
}
