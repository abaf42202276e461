package dev.flowir.durable;

import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.store.ReadTx;
import dev.flowir.store.WriteTx;
import java.util.List;

/** Requests that were made while no application had the store, as rows of it. */
final class KeptRequests {

    /** Requests that may wait in a store; each is read into memory when it is opened. */
    static final int MAX_KEPT = 1000;

    private KeptRequests() {}

    /** Whether the store's journal has a place for requests: those of older releases have none. */
    static boolean areTaken(ReadTx tx) {
        return tx.first(
                        "SELECT 1 FROM sqlite_master WHERE name = 'flowir_durable_requests'",
                        row -> true)
                .isPresent();
    }

    static void add(WriteTx tx, long run, long nowMillis, RunRequest request) {
        long kept =
                tx.first(
                                "SELECT count(*) FROM flowir_durable_requests WHERE refused = ''",
                                row -> row.getLong(1))
                        .orElse(0L);
        if (kept >= MAX_KEPT) {
            throw new JournalException(
                    JournalFault.FULL,
                    kept + " requests wait for an application; start it, or ask for less");
        }
        tx.change("DELETE FROM flowir_durable_requests WHERE run = ? AND refused <> ''", run);
        tx.change(
                "INSERT INTO flowir_durable_requests (run, asked_at, text, refused)"
                        + " VALUES (?, ?, ?, '')",
                run,
                nowMillis,
                RequestText.write(request));
    }

    /** Those that wait, first to last. */
    static List<Journal.Request> waiting(ReadTx tx) {
        return tx.query(
                "SELECT number, run, asked_at, text FROM flowir_durable_requests"
                        + " WHERE refused = '' ORDER BY number",
                row ->
                        new Journal.Request(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4)));
    }

    /** One is done; or never will be, and its run's row keeps why. */
    static void over(WriteTx tx, long number, String refusal) {
        if (refusal.isEmpty()) {
            tx.change("DELETE FROM flowir_durable_requests WHERE number = ?", number);
        } else {
            tx.change(
                    "UPDATE flowir_durable_requests SET refused = ? WHERE number = ?",
                    refusal,
                    number);
        }
    }

    static void forget(WriteTx tx, long run) {
        tx.change("DELETE FROM flowir_durable_requests WHERE run = ?", run);
    }

    /** What was asked of a run and is not done, first to last. */
    static List<String> told(ReadTx tx, long run) {
        return tx.query(
                "SELECT text, refused FROM flowir_durable_requests WHERE run = ? ORDER BY number",
                row ->
                        row.getString(2).isEmpty()
                                ? row.getString(1)
                                : row.getString(1) + " was refused: " + row.getString(2),
                run);
    }
}
