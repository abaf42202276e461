package dev.flowir.kv;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Utf8Key;
import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.ReadTx;
import dev.flowir.store.Store;
import dev.flowir.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Entries in an embedded store. Keys are blobs: SQLite then orders them by their bytes. */
final class SqliteTable implements Table {

    /** Entries whose time is over that one write may clear away. */
    private static final int PURGED_PER_WRITE = 16;

    private static final String LIVE = " AND (expires_at IS NULL OR expires_at > ?)";

    /** The value is the last column: lists then never read its pages. */
    private static final Migrations SCHEMA =
            Migrations.of(
                    "kv",
                    Migration.sql(
                            "0001_entries",
                            """
                            CREATE TABLE flowir_kv_entries (
                              namespace TEXT NOT NULL,
                              key BLOB NOT NULL,
                              expires_at INTEGER,
                              metadata TEXT,
                              value BLOB NOT NULL,
                              PRIMARY KEY (namespace, key)
                            );
                            CREATE INDEX flowir_kv_expiry ON flowir_kv_entries (expires_at)
                              WHERE expires_at IS NOT NULL;
                            """));

    private final Store store;
    private final String namespace;

    private SqliteTable(Store store, String namespace) {
        this.store = store;
        this.namespace = namespace;
    }

    static SqliteTable open(Store store, String namespace) {
        store.migrate(SCHEMA);
        return new SqliteTable(store, namespace);
    }

    @Override
    public boolean isIn(AutoCloseable other) {
        return store.equals(other);
    }

    @Override
    public Optional<Row> read(Utf8Key key) {
        return store.read(tx -> read(tx, key));
    }

    @Override
    public List<Optional<Row>> readAll(List<Utf8Key> keys) {
        return store.read(tx -> keys.stream().map(key -> read(tx, key)).toList());
    }

    private Optional<Row> read(ReadTx tx, Utf8Key key) {
        return tx.first(
                "SELECT value, metadata, expires_at FROM flowir_kv_entries"
                        + " WHERE namespace = ? AND key = ?"
                        + LIVE,
                row ->
                        new Row(
                                key,
                                KvValue.wrap(row.getBytes(1)),
                                Optional.ofNullable(row.getString(2)),
                                millis(row, 3)),
                namespace,
                key.bytes(),
                tx.nowMillis());
    }

    @Override
    public List<KvKey> list(Range range) {
        Utf8Key start = range.after().orElse(range.from());
        String from = range.after().isPresent() ? " AND key > ?" : " AND key >= ?";
        String select =
                "SELECT key, metadata, expires_at FROM flowir_kv_entries WHERE namespace = ?"
                        + from;
        String order = LIVE + " ORDER BY key LIMIT ?";
        return store.read(tx ->
                range.to().isPresent()
                        ? tx.query(
                                select + " AND key < ?" + order,
                                SqliteTable::listed,
                                namespace,
                                start.bytes(),
                                range.to().get().bytes(),
                                tx.nowMillis(),
                                range.limit())
                        : tx.query(
                                select + order,
                                SqliteTable::listed,
                                namespace,
                                start.bytes(),
                                tx.nowMillis(),
                                range.limit()));
    }

    @Override
    public boolean write(
            Fence fence,
            Utf8Key key,
            Predicate<Supplier<Optional<KvValue>>> condition,
            LongFunction<Row> row) {
        return store.write(tx -> {
            fence.ensureCurrent();
            if (!condition.test(() -> read(tx, key).map(Row::value))) {
                return false;
            }
            Row next = row.apply(tx.nowMillis());
            purge(tx, PURGED_PER_WRITE);
            tx.run(
                    "INSERT OR REPLACE INTO flowir_kv_entries"
                            + " (namespace, key, expires_at, metadata, value)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    namespace,
                    key.bytes(),
                    next.expiresAtMillis().orElse(null),
                    next.metadata().orElse(null),
                    next.value().raw());
            return true;
        });
    }

    @Override
    public void remove(Fence fence, Utf8Key key) {
        store.execute(tx -> {
            fence.ensureCurrent();
            tx.run(
                    "DELETE FROM flowir_kv_entries WHERE namespace = ? AND key = ?",
                    namespace,
                    key.bytes());
        });
    }

    @Override
    public int purge(int most) {
        return store.write(tx -> purge(tx, most));
    }

    /** Of all namespaces: whoever writes helps to keep the file small. */
    private static int purge(WriteTx tx, int most) {
        return (int)
                tx.run(
                                "DELETE FROM flowir_kv_entries WHERE rowid IN (SELECT rowid FROM"
                                        + " flowir_kv_entries WHERE expires_at <= ?"
                                        + " ORDER BY expires_at LIMIT ?)",
                                tx.nowMillis(),
                                most)
                        .rows();
    }

    private static KvKey listed(ResultSet row) throws SQLException {
        return new KvKey(
                Utf8Key.wrap(row.getBytes(1)).toString(),
                Optional.ofNullable(row.getString(2)),
                millis(row, 3).map(Instant::ofEpochMilli));
    }

    private static Optional<Long> millis(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(millis);
    }
}
