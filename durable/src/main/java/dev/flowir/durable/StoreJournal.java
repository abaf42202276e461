package dev.flowir.durable;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.LargePayloads;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.store.ReadTx;
import dev.flowir.store.Store;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import dev.flowir.store.WriteTx;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The journal in an embedded store: a table of runs, and one of records to which is only added. A
 * record knows the one before it; a run's row knows its last record as of some time, and what came
 * after that time is found by one look through the end of the table when the store is opened.
 */
public final class StoreJournal implements Journal {

    /** Records after which rows of runs are brought up to date, so that opening stays quick. */
    private static final int RECORDS_PER_MARK = 4096;

    /** Each waits for room as long as the store's options say, a second unless told. */
    private static final int TRIES_WHEN_FULL = 60;

    private static final String COLUMNS =
            "run, id, generation, flow, version, plan, state, created_at, updated_at, tail,"
                    + " due_at, code, message, reason, output, elsewhere";

    private final Store store;
    private final Optional<LargePayloads> large;

    /** Tails that rows do not show yet. Written by the store's writer after commits only. */
    private final Map<Long, Long> tails = new ConcurrentHashMap<>();

    // Used on the store's writer only.
    private long lastPlace;
    private long committedPlace;
    private long markedPlace;

    private StoreJournal(Store store, Optional<LargePayloads> large) {
        this.store = store;
        this.large = large;
    }

    /**
     * The journal in {@code store}, made when it is not there, with all that was recorded before.
     * Payloads that are too long for a record are files in a folder beside the store's, named as it
     * is with {@code -payloads} behind; a store in memory has no place for them.
     *
     * @param store where it is kept; stays the caller's to close
     * @return the journal
     */
    public static StoreJournal open(Store store) {
        return open(store, store.file().map(file -> PayloadFiles.in(Path.of(file + "-payloads"))));
    }

    /**
     * As {@link #open(Store)} with another place for payloads that are too long for a record.
     *
     * @param store where it is kept; stays the caller's to close
     * @param large where large payloads are kept, of this journal and nothing else
     * @return the journal
     */
    public static StoreJournal open(Store store, LargePayloads large) {
        return open(store, Optional.of(large));
    }

    private static StoreJournal open(Store store, Optional<? extends LargePayloads> large) {
        store.migrate(Schema.ALL);
        StoreJournal journal = new StoreJournal(store, large.map(it -> it));
        store.execute(journal::recover);
        large.ifPresent(place -> LargeNames.deleteUnnamed(store, place));
        return journal;
    }

    /**
     * The journal in a store that is open for looking at it, as it is now; empty when there is
     * none.
     */
    static Optional<StoreJournal> look(Store store) {
        StoreJournal journal = new StoreJournal(store, Optional.empty());
        return store.read(tx -> {
            boolean there =
                    tx.first(
                                    "SELECT 1 FROM sqlite_master"
                                            + " WHERE name = 'flowir_durable_mark'",
                                    row -> true)
                            .isPresent();
            if (there) {
                journal.tails.putAll(behind(tx));
            }
            return there ? Optional.of(journal) : Optional.empty();
        });
    }

    /** Tails that rows do not show: of records behind the mark. */
    private static Map<Long, Long> behind(ReadTx tx) {
        Map<Long, Long> found = new HashMap<>();
        tx.query(
                "SELECT place, run FROM flowir_durable_records WHERE place > ? ORDER BY place",
                row -> found.put(row.getLong(2), row.getLong(1)),
                number(tx, "SELECT place FROM flowir_durable_mark"));
        return found;
    }

    private void recover(WriteTx tx) {
        long mark = number(tx, "SELECT place FROM flowir_durable_mark");
        Map<Long, Long> found = behind(tx);
        found.forEach((run, place) ->
                tx.run(
                        "UPDATE flowir_durable_runs SET tail = ? WHERE run = ? AND tail < ?",
                        place,
                        run,
                        place));
        long last = number(tx, "SELECT coalesce(max(place), 0) FROM flowir_durable_records");
        lastPlace = Math.max(last, mark);
        committedPlace = lastPlace;
        markedPlace = lastPlace;
        tx.run("UPDATE flowir_durable_mark SET place = ?", lastPlace);
    }

    private static long number(ReadTx tx, String sql) {
        return tx.first(sql, row -> row.getLong(1)).orElse(0L);
    }

    @Override
    public <T, X extends Exception> T write(Work<T, X> work) throws X {
        for (int tries = 1; ; tries++) {
            try {
                return store.<T, X>write(tx -> work.run(new Rows(tx)));
            } catch (StoreException e) { // no room yet: a step that was done is not done again
                if (e.fault() != StoreFault.FULL || tries == TRIES_WHEN_FULL) {
                    throw e;
                }
            }
        }
    }

    @Override
    public <T> T read(Work<T, RuntimeException> work) {
        return store.read(tx -> work.run(new Looking(tx)));
    }

    @Override
    public Optional<LargePayloads> large() {
        return large;
    }

    @Override
    public boolean commitsWith(CapabilityProvider provider) {
        return provider.commitsWith(store);
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
                Math.max(row.getLong(10), tails.getOrDefault(run, 0L)),
                dueMillis,
                outcome,
                row.getString(14));
    }

    /** What can be seen. */
    private class Looking implements Tx {

        private final ReadTx tx;

        Looking(ReadTx tx) {
            this.tx = tx;
        }

        @Override
        public Optional<RunRow> find(String id) {
            return tx.first(select("id = ?"), StoreJournal.this::row, id);
        }

        @Override
        public Optional<RunRow> get(long run) {
            return tx.first(select("run = ?"), StoreJournal.this::row, run);
        }

        @Override
        public List<RunRow> list(List<RunState> states, long after, int limit) {
            String among =
                    states.stream()
                            .map(state -> Integer.toString(state.code()))
                            .collect(Collectors.joining(", "));
            return tx.query(
                    select("state IN (" + among + ") AND run > ? ORDER BY run LIMIT ?"),
                    StoreJournal.this::row,
                    after,
                    limit);
        }

        @Override
        public List<RunRow> due(long nowMillis, int limit) {
            return tx.query(
                    select("due_at <= ? ORDER BY due_at LIMIT ?"),
                    StoreJournal.this::row,
                    nowMillis,
                    limit);
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
                    StoreJournal.this::row,
                    beforeMillis,
                    limit);
        }

        @Override
        public List<Stored> chain(long tail) {
            Deque<Stored> records = new ArrayDeque<>();
            long next = tail;
            while (next > 0) {
                long place = next;
                long[] previous = new long[1];
                Optional<Stored> found =
                        tx.first(
                                "SELECT previous, bytes FROM flowir_durable_records"
                                        + " WHERE place = ?",
                                row -> {
                                    previous[0] = row.getLong(1);
                                    return new Stored(place, Payload.of(row.getBytes(2)));
                                },
                                place);
                if (found.isEmpty()) {
                    break; // the checksum of what follows says that it is missing
                }
                records.addFirst(found.get());
                next = previous[0];
            }
            return List.copyOf(records);
        }

        @Override
        public Optional<Look> look(String schedule) {
            return tx.first(
                    "SELECT looked_at, last_run FROM flowir_durable_schedules WHERE name = ?",
                    row -> new Look(row.getLong(1), row.getString(2)),
                    schedule);
        }

        @Override
        public void look(String schedule, Look look) {
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
    }

    /** What can be changed. */
    private final class Rows extends Looking {

        private final WriteTx tx;

        private final LargeNames names;

        Rows(WriteTx tx) {
            super(tx);
            this.tx = tx;
            this.names = new LargeNames(tx, large);
        }

        @Override
        public void look(String schedule, Look look) {
            tx.run(
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
            tx.run(
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
            long run = row.run();
            long tail = row.tail();
            tx.afterCommit(() ->
                    tails.computeIfPresent(run, (key, known) -> known <= tail ? null : known));
        }

        @Override
        public long append(long run, long previous, byte[] bytes) {
            long place = ++lastPlace;
            tx.run(
                    "INSERT INTO flowir_durable_records VALUES (?, ?, ?, ?)",
                    place,
                    run,
                    previous,
                    bytes);
            RecordCodec.elsewhere(bytes)
                    .flatMap(Payload::name)
                    .ifPresent(name -> names.add(run, name));
            if (committedPlace - markedPlace >= RECORDS_PER_MARK) {
                mark();
            }
            tx.afterCommit(() -> {
                committedPlace = Math.max(committedPlace, place);
                tails.merge(run, place, Math::max);
            });
            return place;
        }

        /**
         * Brings rows up to date with everything that earlier commits brought. Records of this
         * commit are not known to be kept yet: they lie behind the mark.
         */
        private void mark() {
            long upTo = committedPlace;
            tails.forEach((run, place) ->
                    tx.run(
                            "UPDATE flowir_durable_runs SET tail = ? WHERE run = ? AND tail < ?",
                            place,
                            run,
                            place));
            tx.run("UPDATE flowir_durable_mark SET place = ?", upTo);
            Map<Long, Long> written = Map.copyOf(tails);
            markedPlace = upTo;
            tx.afterCommit(() -> written.forEach(tails::remove));
        }

        @Override
        public void forget(long last) {
            tx.first(
                            "SELECT run FROM flowir_durable_records WHERE place = ?",
                            row -> row.getLong(1),
                            last)
                    .ifPresent(names::removeAll);
            for (Stored record : chain(last)) {
                tx.run("DELETE FROM flowir_durable_records WHERE place = ?", record.place());
            }
        }

        @Override
        public void delete(RunRow row) {
            forget(row.tail());
            names.removeAll(row.run());
            tx.run("DELETE FROM flowir_durable_runs WHERE run = ?", row.run());
            tx.afterCommit(() -> tails.remove(row.run()));
        }

        @Override
        public void afterCommit(Runnable hook) {
            tx.afterCommit(hook);
        }
    }
}
