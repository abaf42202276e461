package dev.flowir.durable;

import dev.flowir.kernel.journal.Addresses;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What can be seen of a journal in a store, as of one moment. */
class JournalLook implements Journal.Tx {

    private static final String COLUMNS =
            "run, id, generation, flow, version, plan, state, created_at, updated_at, tail,"
                    + " due_at, code, message, reason, output, elsewhere";

    private final ReadTx tx;
    private final Tails tails;

    JournalLook(ReadTx tx, Tails tails) {
        this.tx = tx;
        this.tails = tails;
    }

    /** Feeds of this journal. */
    StoredFeeds feeds() {
        return new StoredFeeds(tx);
    }

    @Override
    public Optional<RunRow> find(String id) {
        return tx.first(select("id = ?"), this::row, id);
    }

    @Override
    public Optional<RunRow> get(long run) {
        return tx.first(select("run = ?"), this::row, run);
    }

    @Override
    public List<RunRow> list(List<RunState> states, long after, int limit) {
        String among =
                states.stream()
                        .map(state -> Integer.toString(state.code()))
                        .collect(Collectors.joining(", "));
        return tx.query(
                select("state IN (" + among + ") AND run > ? ORDER BY run LIMIT ?"),
                this::row,
                after,
                limit);
    }

    @Override
    public List<RunRow> due(long nowMillis, int limit) {
        return tx.query(select("due_at <= ? ORDER BY due_at LIMIT ?"), this::row, nowMillis, limit);
    }

    @Override
    public OptionalLong nextDueMillis() {
        return tx.first(
                        "SELECT due_at FROM flowir_durable_runs WHERE due_at IS NOT NULL"
                                + " ORDER BY due_at LIMIT 1",
                        row -> OptionalLong.of(row.getLong(1)))
                .orElse(OptionalLong.empty());
    }

    @Override
    public List<RunRow> over(long beforeMillis, int limit) {
        return tx.query(
                select("state >= 10 AND updated_at < ? ORDER BY updated_at LIMIT ?"),
                this::row,
                beforeMillis,
                limit);
    }

    @Override
    public List<RunRow> over(long afterMillis, long beforeMillis, int limit) {
        return tx.query(
                select(
                        "state >= 10 AND updated_at > ? AND updated_at < ?"
                                + " ORDER BY updated_at LIMIT ?"),
                this::row,
                afterMillis,
                beforeMillis,
                limit);
    }

    @Override
    public List<Journal.Stored> chain(long tail) {
        return new Chain(tx).records(tail);
    }

    @Override
    public Optional<Journal.Look> look(String schedule) {
        return tx.first(
                "SELECT looked_at, last_run FROM flowir_durable_schedules WHERE name = ?",
                row -> new Journal.Look(row.getLong(1), row.getString(2)),
                schedule);
    }

    @Override
    public Optional<Addresses> addresses() {
        return Optional.of(new StoredAddresses(tx));
    }

    @Override
    public List<Journal.Request> requests() {
        return KeptRequests.areTaken(tx) ? KeptRequests.waiting(tx) : List.of();
    }

    @Override
    public void dealtWith(long number, String refusal) {
        throw onlyLooking();
    }

    @Override
    public void look(String schedule, Journal.Look look) {
        throw onlyLooking();
    }

    @Override
    public RunRow insert(RunRow row) {
        throw onlyLooking();
    }

    @Override
    public void update(RunRow row) {
        throw onlyLooking();
    }

    @Override
    public long append(long run, long previous, byte[] bytes) {
        throw onlyLooking();
    }

    @Override
    public void forget(long last) {
        throw onlyLooking();
    }

    @Override
    public void delete(RunRow row) {
        throw onlyLooking();
    }

    @Override
    public void afterCommit(Runnable hook) {
        throw onlyLooking();
    }

    private static IllegalStateException onlyLooking() {
        return new IllegalStateException("a read cannot write");
    }

    private static String select(String where) {
        return "SELECT " + COLUMNS + " FROM flowir_durable_runs WHERE " + where;
    }

    private RunRow row(ResultSet row) throws SQLException {
        long run = row.getLong(1);
        long due = row.getLong(11);
        OptionalLong dueMillis = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(due);
        String code = row.getString(12);
        byte[] output = row.getBytes(15);
        boolean elsewhere = row.getInt(16) == 1;
        Optional<RunRow.Ended> outcome =
                code != null
                        ? Optional.of(new RunRow.Failure(code, row.getString(13)))
                        : Optional.ofNullable(output)
                                .map(bytes ->
                                        new RunRow.Output(
                                                elsewhere
                                                        ? Payload.reference(bytes)
                                                        : Payload.of(bytes)));
        return new RunRow(
                run,
                row.getString(2),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                RunState.of(row.getInt(7)),
                row.getLong(8),
                row.getLong(9),
                Math.max(row.getLong(10), tails.of(run)),
                dueMillis,
                outcome,
                row.getString(14));
    }
}
