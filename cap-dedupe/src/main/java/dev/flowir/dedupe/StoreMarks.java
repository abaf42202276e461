package dev.flowir.dedupe;

import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.Store;
import dev.flowir.store.WriteTx;
import java.util.Optional;

/** Marks in an embedded store: a row each. */
final class StoreMarks implements Marks {

    /** Rows of marks that ended, that one step may clear away. */
    private static final int FORGOTTEN_PER_STEP = 16;

    private static final Migrations SCHEMA =
            Migrations.of(
                    "dedupe",
                    Migration.sql(
                            "0001_marks",
                            """
                            CREATE TABLE flowir_dedupe_marks (
                              binding TEXT NOT NULL,
                              key TEXT NOT NULL,
                              owner TEXT NOT NULL,
                              done INTEGER NOT NULL,
                              ends_at_millis INTEGER NOT NULL,
                              PRIMARY KEY (binding, key)
                            ) WITHOUT ROWID;
                            CREATE INDEX flowir_dedupe_ends
                              ON flowir_dedupe_marks (ends_at_millis);
                            """));

    private final Store store;
    private final String binding;

    private StoreMarks(Store store, String binding) {
        this.store = store;
        this.binding = binding;
    }

    static StoreMarks open(Store store, String binding) {
        store.migrate(SCHEMA);
        return new StoreMarks(store, binding);
    }

    @SuppressWarnings("ReferenceEquality") // that very store
    boolean isIn(AutoCloseable other) {
        return store == other;
    }

    @Override
    public <T> T step(String key, Step<T> step) {
        return store.write(tx -> {
            // of all bindings: whoever marks helps to keep the file small
            tx.run(
                    "DELETE FROM flowir_dedupe_marks WHERE (binding, key) IN (SELECT binding, key"
                            + " FROM flowir_dedupe_marks WHERE ends_at_millis <= ?"
                            + " ORDER BY ends_at_millis LIMIT ?)",
                    tx.nowMillis(),
                    FORGOTTEN_PER_STEP);
            return step.take(new Kept(tx, key));
        });
    }

    private final class Kept implements Place {

        private final WriteTx tx;
        private final String key;

        Kept(WriteTx tx, String key) {
            this.tx = tx;
            this.key = key;
        }

        @Override
        public Optional<Mark> current() {
            return Mark.current(
                    tx.first(
                            "SELECT owner, done, ends_at_millis FROM flowir_dedupe_marks"
                                    + " WHERE binding = ? AND key = ?",
                            row ->
                                    new Mark(
                                            String.valueOf(row.getString(1)),
                                            row.getLong(2) == 0 ? Mark.State.HELD : Mark.State.DONE,
                                            row.getLong(3)),
                            binding,
                            key),
                    tx.nowMillis());
        }

        @Override
        public long nowMillis() {
            return tx.nowMillis();
        }

        @Override
        public void put(Mark mark) {
            tx.run(
                    "INSERT OR REPLACE INTO flowir_dedupe_marks VALUES (?, ?, ?, ?, ?)",
                    binding,
                    key,
                    mark.owner(),
                    mark.state() == Mark.State.DONE ? 1 : 0,
                    mark.endsAtMillis());
        }

        @Override
        public void remove() {
            tx.run("DELETE FROM flowir_dedupe_marks WHERE binding = ? AND key = ?", binding, key);
        }
    }
}
