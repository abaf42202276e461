package dev.flowir.kernel.machine;

import java.util.function.Consumer;

/**
 * Everything that the machine can ask of a driver, as values: what a journal records and a test
 * compares. The components are those of the methods of {@link CommandHandler}.
 */
public sealed interface Command {

    /** See {@link CommandHandler#invoke}. */
    record Invoke(long ticket, int node, int attempt, long item, Object input, long limitNanos)
            implements Command {}

    /** See {@link CommandHandler#interrupt}. */
    record Interrupt(long ticket, int node, Interruption why) implements Command {}

    /** See {@link CommandHandler#armTimer}. */
    record ArmTimer(long timer, TimerKind kind, long atNanos) implements Command {}

    /** See {@link CommandHandler#cancelTimer}. */
    record CancelTimer(long timer) implements Command {}

    /** See {@link CommandHandler#outputReady}. */
    record OutputReady(Object value) implements Command {}

    /** See {@link CommandHandler#streamReady}. */
    record StreamReady(long ticket) implements Command {}

    /** See {@link CommandHandler#streamItem}. */
    record StreamItem(long ticket, Object item) implements Command {}

    /** See {@link CommandHandler#grantDemand}. */
    record GrantDemand(long ticket, int items) implements Command {}

    /** See {@link CommandHandler#streamEnded}. */
    record StreamEnded(long ticket, Outcome outcome) implements Command {}

    /** See {@link CommandHandler#spillStore}. */
    record SpillStore(long ticket, int edge, Object payload, long minBytes) implements Command {}

    /** See {@link CommandHandler#spillLoad}. */
    record SpillLoad(long ticket, int part, int edge, Object reference) implements Command {}

    /** See {@link CommandHandler#spillDelete}. */
    record SpillDelete(int edge, Object reference) implements Command {}

    /** See {@link CommandHandler#failed}. */
    record Failed(Outcome outcome) implements Command {}

    /** See {@link CommandHandler#sideFailed}. */
    record SideFailed(Outcome outcome) implements Command {}

    /** See {@link CommandHandler#ended}. */
    record Ended(Outcome outcome) implements Command {}

    /** A handler that turns each call into a value. */
    static CommandHandler recorder(Consumer<? super Command> into) {
        return new CommandRecorder(into);
    }
}
