package dev.flowir.durable;

import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.kernel.journal.Turn;
import dev.flowir.kernel.journal.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Begins runs anew, from their beginning or from a node, as their next generation. */
final class Restarts {

    private final Engine engine;
    private final Along along;

    Restarts(Engine engine, Along along) {
        this.engine = engine;
        this.along = along;
    }

    /** Keeps the input and nothing else. */
    void fromBeginning(RunRow row) {
        again(
                row,
                (flow, records) -> {
                    if (!(records.get(0).entry() instanceof Entry.Started was)) {
                        throw new JournalException(
                                JournalFault.DAMAGED,
                                "run '" + row.id() + "' does not begin with a start");
                    }
                    return List.of(
                            new Entry.Started(
                                    engine.time().nanos(),
                                    was.input(),
                                    was.deadlineNanos(),
                                    engine.limits().maxSteps(),
                                    was.parent()));
                });
    }

    /** Keeps what was recorded before the first result of {@code node}. */
    void from(RunRow row, String node) {
        again(row, (flow, records) -> before(row, flow, records, node));
    }

    private static List<Entry> before(
            RunRow row, PinnedFlow flow, List<JournalRecord> records, String node) {
        List<Entry> kept = new ArrayList<>();
        for (JournalRecord record : records) {
            if (isResultOf(flow, record.entry(), node)) {
                return kept;
            }
            kept.add(record.entry());
        }
        throw new JournalException(
                JournalFault.WRONG_STATE,
                "run '" + row.id() + "' has no result of a node '" + node + "' to begin from");
    }

    private static boolean isResultOf(PinnedFlow flow, Entry entry, String node) {
        return switch (entry) {
            case Entry.Completed it -> flow.alias(it.node()).equals(node);
            case Entry.Empty it -> flow.alias(it.node()).equals(node);
            case Entry.Failed it -> flow.alias(it.node()).equals(node);
            case Entry.Answered it -> flow.alias(it.node()).equals(node);
            default -> false;
        };
    }

    private interface Choice {
        List<Entry> of(PinnedFlow flow, List<JournalRecord> records);
    }

    private void again(RunRow row, Choice choice) {
        PinnedFlow flow = engine.versions().find(row);
        LiveRun fresh = engine.takeOver(row.run());
        try {
            engine.journal()
                    .write(tx -> {
                        RunRow now = still(tx, row);
                        List<Entry> kept =
                                choice.of(flow, records(flow, now, tx.chain(now.tail())));
                        engine.gate().leave(tx, now);
                        tx.forget(now.tail());
                        RunRow next = enter(tx, now.restarted(), kept);
                        begin(tx, flow, next, kept, fresh);
                        along.write(tx);
                        return true;
                    });
        } catch (RuntimeException | Error e) {
            fresh.failed();
            throw e;
        }
        fresh.begun();
    }

    /** The row of a run that begins, or waits for its turn. */
    private RunRow enter(Journal.Tx tx, RunRow row, List<Entry> kept) {
        boolean begins =
                !(kept.get(0) instanceof Entry.Started started)
                        || engine.gate().enter(tx, row, started.input().object());
        RunRow next = begins ? row : row.in(RunState.HELD, engine.nowMillis());
        tx.update(next);
        return next;
    }

    private static RunRow still(Journal.Tx tx, RunRow row) {
        return tx.get(row.run())
                .orElseThrow(() ->
                        new JournalException(JournalFault.NOT_FOUND, "no run '" + row.id() + "'"));
    }

    private void begin(
            Journal.Tx tx, PinnedFlow flow, RunRow row, List<Entry> entries, LiveRun fresh) {
        Watched begun = Watched.fresh(engine, flow, row.id(), row.generation());
        Replay replay = begun.replay();
        List<byte[]> written = new ArrayList<>();
        for (Entry entry : entries) {
            Turn turn = replay.core().apply(entry);
            written.add(replay.codec().write(new JournalRecord(entry, turn.issued())));
        }
        fresh.begin(tx, row, begun, written);
    }

    /** Begins a run called {@code newId} with what was recorded before {@code node}. */
    void fork(RunRow row, String node, String newId) {
        PinnedFlow flow = engine.versions().find(row);
        LiveRun[] begun = new LiveRun[1];
        try {
            engine.journal()
                    .write(tx -> {
                        Optional<RunRow> there = tx.find(newId);
                        if (there.isPresent()) {
                            throw new JournalException(
                                    JournalFault.ALREADY_EXISTS, "id '" + newId + "' is in use");
                        }
                        RunRow now = still(tx, row);
                        List<JournalRecord> records = records(flow, now, tx.chain(now.tail()));
                        List<Entry> kept = new ArrayList<>();
                        for (Entry entry : before(now, flow, records, node)) {
                            kept.add(ownedBy(flow, entry));
                        }
                        RunRow wanted = Names.row(newId, flow, engine.time().nanos());
                        RunRow made =
                                tx.insert(wanted.in(RunState.RUNNING, wanted.createdMillis()));
                        RunRow next = enter(tx, made, kept);
                        LiveRun fresh = engine.takeOver(next.run());
                        begun[0] = fresh;
                        begin(tx, flow, next, kept, fresh);
                        return true;
                    });
        } catch (RuntimeException | Error e) {
            if (begun[0] != null) {
                begun[0].failed();
            }
            throw e;
        }
        begun[0].begun();
    }

    /** Bytes that are kept beside the journal go with their run: another run has its own. */
    private static Entry ownedBy(PinnedFlow flow, Entry entry) {
        return switch (entry) {
            case Entry.Started it ->
                    new Entry.Started(
                            it.atNanos(),
                            own(flow, it.input()),
                            it.deadlineNanos(),
                            it.maxSteps(),
                            0);
            case Entry.Completed it ->
                    new Entry.Completed(
                            it.atNanos(), it.ticket(), it.node(), own(flow, it.output()));
            case Entry.Signalled it ->
                    new Entry.Signalled(it.atNanos(), it.name(), own(flow, it.payload()));
            default -> entry;
        };
    }

    private static Value own(PinnedFlow flow, Value value) {
        return new Value(value.object(), own(flow, value.encoded()));
    }

    private static Payload own(PinnedFlow flow, Payload payload) {
        if (payload.name().isEmpty()) {
            return payload;
        }
        try {
            return flow.elsewhere(Payload.of(flow.bytes(payload)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JournalRecord> records(
            PinnedFlow flow, RunRow row, List<Journal.Stored> stored) {
        RecordCodec codec = new RecordCodec(flow, row.id() + "#" + row.generation());
        List<JournalRecord> records = new ArrayList<>();
        stored.forEach(it -> records.add(codec.read(it.bytes().bytes())));
        if (records.isEmpty()) {
            throw new JournalException(
                    JournalFault.DAMAGED, "run '" + row.id() + "' has lost its records");
        }
        return records;
    }
}
