package dev.flowir.kernel.machine;

import java.util.function.Consumer;

/**
 * Everything that the machine can ask of a driver, as values: what a journal records and a test
 * compares. The components are those of the methods of {@link CommandHandler}.
 */
public sealed interface Command {

    /**
     * See {@link CommandHandler#invoke}.
     *
     * @param ticket the attempt
     * @param node index of the node
     * @param attempt number of the attempt
     * @param item the item, or its identity
     * @param input what the body gets
     * @param limitNanos time limit of the attempt; 0 for none
     */
    record Invoke(long ticket, int node, int attempt, long item, Object input, long limitNanos)
            implements Command {}

    /**
     * See {@link CommandHandler#interrupt}.
     *
     * @param ticket the attempt
     * @param node index of the node
     * @param why why
     */
    record Interrupt(long ticket, int node, Interruption why) implements Command {}

    /**
     * See {@link CommandHandler#armTimer}.
     *
     * @param timer the timer
     * @param kind what it is for
     * @param atNanos when it is due, on the clock of the events
     */
    record ArmTimer(long timer, TimerKind kind, long atNanos) implements Command {}

    /**
     * See {@link CommandHandler#cancelTimer}.
     *
     * @param timer the timer
     */
    record CancelTimer(long timer) implements Command {}

    /**
     * See {@link CommandHandler#outputReady}.
     *
     * @param value the output
     */
    record OutputReady(Object value) implements Command {}

    /**
     * See {@link CommandHandler#streamReady}.
     *
     * @param ticket the attempt
     */
    record StreamReady(long ticket) implements Command {}

    /**
     * See {@link CommandHandler#streamItem}.
     *
     * @param ticket the attempt
     * @param item the item, or its identity
     */
    record StreamItem(long ticket, Object item) implements Command {}

    /**
     * See {@link CommandHandler#grantDemand}.
     *
     * @param ticket the attempt
     * @param items how many more
     */
    record GrantDemand(long ticket, int items) implements Command {}

    /**
     * See {@link CommandHandler#streamEnded}.
     *
     * @param ticket the attempt
     * @param outcome how it ended
     */
    record StreamEnded(long ticket, Outcome outcome) implements Command {}

    /**
     * See {@link CommandHandler#spillStore}.
     *
     * @param ticket the attempt
     * @param edge the edge that spills
     * @param payload the item
     * @param minBytes encoded size from which it is stored
     */
    record SpillStore(long ticket, int edge, Object payload, long minBytes) implements Command {}

    /**
     * See {@link CommandHandler#spillLoad}.
     *
     * @param ticket the attempt
     * @param part which part of the load
     * @param edge the edge that spills
     * @param reference where the item is
     */
    record SpillLoad(long ticket, int part, int edge, Object reference) implements Command {}

    /**
     * See {@link CommandHandler#spillDelete}.
     *
     * @param edge the edge that spills
     * @param reference where the item is
     */
    record SpillDelete(int edge, Object reference) implements Command {}

    /**
     * See {@link CommandHandler#failed}.
     *
     * @param outcome how it ended
     */
    record Failed(Outcome outcome) implements Command {}

    /**
     * See {@link CommandHandler#sideFailed}.
     *
     * @param outcome how it ended
     */
    record SideFailed(Outcome outcome) implements Command {}

    /**
     * See {@link CommandHandler#ended}.
     *
     * @param outcome how it ended
     */
    record Ended(Outcome outcome) implements Command {}

    /**
     * A handler that turns each call into a value.
     *
     * @param into where values go
     * @return the handler
     */
    static CommandHandler recorder(Consumer<? super Command> into) {
        return new CommandRecorder(into);
    }
}
