package dev.flowir.durable;

import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunRow;
import java.util.ArrayList;
import java.util.List;

/** What is said about runs without touching them. */
final class Readings {

    /** Tells something about a run and its records. */
    interface Telling<T> {
        T of(PinnedFlow flow, RunRow row, List<Payload> records);
    }

    private final Journal journal;
    private final Versions versions;

    Readings(Journal journal, Versions versions) {
        this.journal = journal;
        this.versions = versions;
    }

    <T> T of(String id, Telling<T> telling) {
        List<Payload> records = new ArrayList<>();
        RunRow row =
                journal.write(tx -> {
                    RunRow found = tx.find(id).orElseThrow(() -> notFound(id));
                    tx.chain(found.tail()).forEach(record -> records.add(record.bytes()));
                    return found;
                });
        return telling.of(versions.find(row), row, records);
    }

    /** What was recorded of a run, first to last. */
    List<HistoryEvent> history(String id) {
        return of(
                id,
                (flow, row, records) -> Histories.of(flow, row.id(), row.generation(), records));
    }

    /** The run called {@code id}. */
    RunRow row(String id) {
        return journal.read(tx -> tx.find(id)).orElseThrow(() -> notFound(id));
    }

    private static JournalException notFound(String id) {
        return new JournalException(JournalFault.NOT_FOUND, "there is no run '" + id + "'");
    }
}
