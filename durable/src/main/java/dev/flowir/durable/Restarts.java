package dev.flowir.durable;

import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.Turn;
import java.util.ArrayList;
import java.util.List;

/** Begins runs anew, from their beginning or from a node, as their next generation. */
final class Restarts {

    private final Engine engine;

    Restarts(Engine engine) {
        this.engine = engine;
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
                                    engine.limits().maxSteps()));
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
                        RunRow now =
                                tx.get(row.run())
                                        .orElseThrow(() ->
                                                new JournalException(
                                                        JournalFault.NOT_FOUND,
                                                        "no run '" + row.id() + "'"));
                        List<Entry> kept =
                                choice.of(flow, records(flow, now, tx.chain(now.tail())));
                        RunRow next = now.restarted();
                        Watched begun = Watched.fresh(engine, flow, next.id(), next.generation());
                        Replay replay = begun.replay();
                        List<byte[]> written = new ArrayList<>();
                        for (Entry entry : kept) {
                            Turn turn = replay.core().apply(entry);
                            written.add(
                                    replay.codec().write(new JournalRecord(entry, turn.issued())));
                        }
                        tx.forget(now.tail());
                        tx.update(next);
                        fresh.begin(tx, next, begun, written);
                        return true;
                    });
        } catch (RuntimeException | Error e) {
            fresh.failed();
            throw e;
        }
        fresh.begun();
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
