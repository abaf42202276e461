package dev.flowir.durable;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.kernel.journal.Step;
import dev.flowir.kernel.journal.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs that other runs began and wait for. Whoever has something to do with a relative is woken,
 * and looks: its row says so, written as part of the transaction that gave the reason. So nothing
 * is told that a crash could lose, and nothing told twice does harm.
 */
final class Relatives {

    private final Engine engine;

    Relatives(Engine engine) {
        this.engine = engine;
    }

    /** Whether a run has to look at its relatives: one is to be begun, or is over. */
    boolean call(Journal.Tx tx, RunRow row, RunCore core) {
        if (core.isPaused() || core.isEnded() || row.state() == RunState.HELD) {
            return false;
        }
        for (Step step : core.children()) {
            if (tx.find(Names.child(row, core.flow(), step)).map(Relatives::isOver).orElse(true)) {
                return true;
            }
        }
        return core.parent() > 0 && tx.get(core.parent()).map(Relatives::isOver).orElse(true);
    }

    private static boolean isOver(RunRow row) {
        return row.state().isOver();
    }

    /** Has those woken who wait for a run that is over, or whom it began. */
    void wakeIn(Journal.Tx tx, RunRow row, RunCore core) {
        List<RunRow> others = others(tx, row, core);
        for (RunRow other : others) {
            if (other.state() == RunState.WAITING) {
                tx.update(other.due(OptionalLong.of(engine.nowMillis())));
            }
        }
    }

    /** As {@link #wakeIn}, for those in memory and the alarm of the others. */
    void wake(RunRow row, RunCore core) {
        if (core.parent() == 0 && core.children().isEmpty()) {
            return;
        }
        List<RunRow> others = engine.journal().read(tx -> others(tx, row, core));
        others.forEach(other -> engine.launch(() -> engine.wake(other.run())));
    }

    private static List<RunRow> others(Journal.Tx tx, RunRow row, RunCore core) {
        List<RunRow> others = new ArrayList<>();
        for (Step step : core.children()) {
            tx.find(Names.child(row, core.flow(), step)).ifPresent(others::add);
        }
        if (core.parent() > 0) {
            tx.get(core.parent()).ifPresent(others::add);
        }
        others.removeIf(Relatives::isOver);
        return others;
    }

    /** Begins the children that are to be begun, and says which of the others are over. */
    List<Entry> look(long run, RunCore core, long at) {
        List<Entry> news = new ArrayList<>();
        if (core.isPaused() || (core.parent() == 0 && core.children().isEmpty())) {
            return news;
        }
        RunRow row = engine.journal().read(tx -> tx.get(run)).orElseThrow();
        for (Step step : core.children()) {
            String id = Names.child(row, core.flow(), step);
            Optional<RunRow> child = engine.journal().read(tx -> tx.find(id));
            if (child.isEmpty()) {
                begin(row, core.flow(), step, id).ifPresent(why -> news.add(failed(at, step, why)));
            } else if (isOver(child.get())) {
                news.add(ended(core.flow(), step, child.get(), at));
            }
        }
        long parent = core.parent();
        if (parent > 0
                && engine.journal()
                        .read(tx -> tx.get(parent))
                        .map(Relatives::isOver)
                        .orElse(true)) {
            news.add(new Entry.Cancelled(at, "the run that began it is over"));
        }
        return news;
    }

    /** Why it could not be begun; empty when it was. */
    private Optional<RecordedException> begin(RunRow row, PinnedFlow flow, Step step, String id) {
        Flow<?, ?> child = flow.waits(step.node()).flatMap(wait -> wait.flow()).orElseThrow();
        try {
            PinnedFlow pinned = engine.versions().load(child);
            engine.starts()
                    .start(
                            engine.starts()
                                    .wanted(pinned, id, Invocation.of(step.input()), row.run()));
            return Optional.empty();
        } catch (FlowFailedException e) {
            return Optional.of(RecordedException.of(e));
        } catch (JournalException e) {
            if (e.fault() == JournalFault.CLOSED) {
                throw e;
            }
            return Optional.of(RecordedException.of(e));
        }
    }

    private Entry ended(PinnedFlow flow, Step step, RunRow child, long at) {
        Flow<?, ?> ofChild = flow.waits(step.node()).flatMap(wait -> wait.flow()).orElseThrow();
        if (child.outcome().orElse(null) instanceof RunRow.Output output) {
            try {
                Object given = engine.versions().load(ofChild).decodeOutput(output.payload());
                Value value = flow.value(step.node(), given);
                return new Entry.Completed(at, step.ticket(), step.node(), value);
            } catch (CodecException e) {
                return failed(at, step, RecordedException.of(e));
            }
        }
        String why =
                child.outcome().orElse(null) instanceof RunRow.Failure failure
                        ? "[" + failure.code() + "] " + failure.message()
                        : "it has no outcome";
        String message = "run '" + child.id() + "' failed: " + why;
        return failed(at, step, new RecordedException("ChildFailed", message, false));
    }

    private static Entry failed(long at, Step step, RecordedException error) {
        RecordedException last =
                new RecordedException(error.type(), String.valueOf(error.getMessage()), false);
        return new Entry.Failed(at, step.ticket(), step.node(), last);
    }
}
