package dev.flowir.durable;

import dev.flowir.kernel.journal.Addresses;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.Turns;
import dev.flowir.store.WriteTx;
import java.util.Optional;

/** What can be changed of a journal in a store, in one transaction. */
final class JournalRows extends JournalLook {

    private final WriteTx tx;
    private final Tails tails;
    private final LargeNames names;

    JournalRows(WriteTx tx, Tails tails, LargeNames names) {
        super(tx, tails);
        this.tx = tx;
        this.tails = tails;
        this.names = names;
    }

    @Override
    public void look(String schedule, Journal.Look look) {
        tx.change(
                "INSERT OR REPLACE INTO flowir_durable_schedules VALUES (?, ?, ?)",
                schedule,
                look.atMillis(),
                look.lastRun());
    }

    @Override
    public RunRow insert(RunRow row) {
        WriteTx.Change change =
                tx.run(
                        "INSERT INTO flowir_durable_runs (id, generation, flow, version, plan,"
                                + " state, created_at, updated_at, tail, due_at, reason)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, '')",
                        row.id(),
                        row.generation(),
                        row.flow(),
                        row.version(),
                        row.plan(),
                        row.state().code(),
                        row.createdMillis(),
                        row.updatedMillis());
        return row.numbered(change.lastRowId());
    }

    @Override
    public void update(RunRow row) {
        RunRow.Failure failure =
                row.outcome().orElse(null) instanceof RunRow.Failure it ? it : null;
        Payload output =
                row.outcome().orElse(null) instanceof RunRow.Output it ? it.payload() : null;
        Optional<String> named = output == null ? Optional.empty() : output.name();
        named.ifPresent(name -> names.add(row.run(), name));
        tx.change(
                "UPDATE flowir_durable_runs SET generation = ?, state = ?, updated_at = ?,"
                        + " tail = ?, due_at = ?, code = ?, message = ?, reason = ?,"
                        + " output = ?, elsewhere = ? WHERE run = ?",
                row.generation(),
                row.state().code(),
                row.updatedMillis(),
                row.tail(),
                row.dueMillis().isPresent() ? row.dueMillis().getAsLong() : null,
                failure == null ? null : failure.code(),
                failure == null ? null : failure.message(),
                row.reason(),
                output == null ? null : output.bytes(),
                named.isPresent() ? 1 : 0,
                row.run());
        tails.shown(tx, row.run(), row.tail());
    }

    @Override
    public long append(long run, long previous, byte[] bytes) {
        long place = tails.next(tx, run);
        tx.change(
                "INSERT INTO flowir_durable_records VALUES (?, ?, ?, ?)",
                place,
                run,
                previous,
                bytes);
        RecordCodec.elsewhere(bytes).flatMap(Payload::name).ifPresent(name -> names.add(run, name));
        return place;
    }

    @Override
    public void forget(long last) {
        tx.first(
                        "SELECT run FROM flowir_durable_records WHERE place = ?1"
                                + " UNION SELECT run FROM flowir_durable_blocks"
                                + " WHERE place = ?1",
                        row -> row.getLong(1),
                        last)
                .ifPresent(names::removeAll);
        Chain.delete(tx, last);
    }

    @Override
    public boolean fold(RunRow row, int atLeast) {
        boolean folded = Chain.fold(tx, row.run(), row.tail(), atLeast) > 0;
        if (folded) { // what comes behind the mark is looked for among single records only
            Tails.show(tx, row.run(), row.tail());
        }
        return folded;
    }

    @Override
    public void delete(RunRow row) {
        forget(row.tail());
        names.removeAll(row.run());
        KeptRequests.forget(tx, row.run());
        feeds().leave(row.run());
        tx.change("DELETE FROM flowir_durable_runs WHERE run = ?", row.run());
        tails.deleted(tx, row.run());
    }

    @Override
    StoredFeeds feeds() {
        return new StoredFeeds(tx);
    }

    @Override
    public Optional<Addresses> addresses() {
        return Optional.of(new StoredAddresses(tx));
    }

    @Override
    public Optional<Turns> turns() {
        return Optional.of(new StoredTurns(tx));
    }

    @Override
    public void dealtWith(long number, String refusal) {
        KeptRequests.over(tx, number, refusal);
    }

    @Override
    public void afterCommit(Runnable hook) {
        tx.afterCommit(hook);
    }
}
