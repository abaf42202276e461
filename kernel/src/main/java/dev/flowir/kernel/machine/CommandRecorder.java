package dev.flowir.kernel.machine;

import java.util.function.Consumer;

/** Turns calls into values. */
record CommandRecorder(Consumer<? super Command> into) implements CommandHandler {

    @Override
    public void invoke(
            long ticket, int node, int attempt, long item, Object input, long limitNanos) {
        into.accept(new Command.Invoke(ticket, node, attempt, item, input, limitNanos));
    }

    @Override
    public void interrupt(long ticket, int node, Interruption why) {
        into.accept(new Command.Interrupt(ticket, node, why));
    }

    @Override
    public void armTimer(long timer, TimerKind kind, long atNanos) {
        into.accept(new Command.ArmTimer(timer, kind, atNanos));
    }

    @Override
    public void cancelTimer(long timer) {
        into.accept(new Command.CancelTimer(timer));
    }

    @Override
    public void outputReady(Object value) {
        into.accept(new Command.OutputReady(value));
    }

    @Override
    public void streamReady(long ticket) {
        into.accept(new Command.StreamReady(ticket));
    }

    @Override
    public void streamItem(long ticket, Object item) {
        into.accept(new Command.StreamItem(ticket, item));
    }

    @Override
    public void grantDemand(long ticket, int items) {
        into.accept(new Command.GrantDemand(ticket, items));
    }

    @Override
    public void streamEnded(long ticket, Outcome outcome) {
        into.accept(new Command.StreamEnded(ticket, outcome));
    }

    @Override
    public void spillStore(long ticket, int edge, Object payload, long minBytes) {
        into.accept(new Command.SpillStore(ticket, edge, payload, minBytes));
    }

    @Override
    public void spillLoad(long ticket, int part, int edge, Object reference) {
        into.accept(new Command.SpillLoad(ticket, part, edge, reference));
    }

    @Override
    public void spillDelete(int edge, Object reference) {
        into.accept(new Command.SpillDelete(edge, reference));
    }

    @Override
    public void failed(Outcome outcome) {
        into.accept(new Command.Failed(outcome));
    }

    @Override
    public void sideFailed(Outcome outcome) {
        into.accept(new Command.SideFailed(outcome));
    }

    @Override
    public void ended(Outcome outcome) {
        into.accept(new Command.Ended(outcome));
    }
}
