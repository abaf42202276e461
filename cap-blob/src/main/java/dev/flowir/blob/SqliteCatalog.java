package dev.flowir.blob;

import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.Store;
import dev.flowir.store.StoreException;
import java.util.Optional;
import java.util.function.Function;

/** What a bucket knows, in an embedded store. Keys are blobs: SQLite orders them by their bytes. */
final class SqliteCatalog implements Catalog {

    /**
     * Segments belong to a version of an object or to a part of an upload; a file is garbage when
     * no segment names it. Event ids are never used again (AUTOINCREMENT).
     */
    private static final Migrations SCHEMA =
            Migrations.of(
                    "blob",
                    Migration.sql(
                            "0001_objects",
                            """
                            CREATE TABLE flowir_blob_buckets (
                              bucket TEXT PRIMARY KEY,
                              folder TEXT NOT NULL
                            ) WITHOUT ROWID;
                            CREATE TABLE flowir_blob_objects (
                              bucket TEXT NOT NULL,
                              key BLOB NOT NULL,
                              version TEXT NOT NULL,
                              size INTEGER NOT NULL,
                              etag TEXT NOT NULL,
                              uploaded_at INTEGER NOT NULL,
                              described BLOB NOT NULL,
                              PRIMARY KEY (bucket, key)
                            ) WITHOUT ROWID;
                            CREATE TABLE flowir_blob_segments (
                              owner TEXT NOT NULL,
                              position INTEGER NOT NULL,
                              file TEXT NOT NULL,
                              length INTEGER NOT NULL,
                              crc INTEGER NOT NULL,
                              PRIMARY KEY (owner, position)
                            ) WITHOUT ROWID;
                            CREATE INDEX flowir_blob_files ON flowir_blob_segments (file);
                            CREATE TABLE flowir_blob_uploads (
                              bucket TEXT NOT NULL,
                              id TEXT NOT NULL,
                              key BLOB NOT NULL,
                              created_at INTEGER NOT NULL,
                              described BLOB NOT NULL,
                              PRIMARY KEY (bucket, id)
                            ) WITHOUT ROWID;
                            CREATE INDEX flowir_blob_ages
                              ON flowir_blob_uploads (bucket, created_at);
                            CREATE TABLE flowir_blob_parts (
                              upload TEXT NOT NULL,
                              number INTEGER NOT NULL,
                              etag TEXT NOT NULL,
                              PRIMARY KEY (upload, number)
                            ) WITHOUT ROWID;
                            CREATE TABLE flowir_blob_garbage (
                              bucket TEXT NOT NULL,
                              file TEXT NOT NULL,
                              PRIMARY KEY (bucket, file)
                            ) WITHOUT ROWID;
                            CREATE TABLE flowir_blob_events (
                              id INTEGER PRIMARY KEY AUTOINCREMENT,
                              bucket TEXT NOT NULL,
                              rule TEXT NOT NULL,
                              account TEXT NOT NULL,
                              action TEXT NOT NULL,
                              key BLOB NOT NULL,
                              size INTEGER,
                              etag TEXT,
                              happened_at INTEGER NOT NULL,
                              copied_bucket TEXT,
                              copied_key BLOB
                            );
                            CREATE INDEX flowir_blob_noted
                              ON flowir_blob_events (bucket, rule, id);
                            """));

    private final Store store;
    private final String bucket;

    private SqliteCatalog(Store store, String bucket) {
        this.store = store;
        this.bucket = bucket;
    }

    static SqliteCatalog open(Store store, String bucket) {
        store.migrate(SCHEMA);
        return new SqliteCatalog(store, bucket);
    }

    /** The folder that holds the bucket's content, by the name that it was given. */
    Optional<String> folder() {
        return store.read(tx ->
                tx.first(
                        "SELECT folder FROM flowir_blob_buckets WHERE bucket = ?",
                        row -> row.getString(1),
                        bucket));
    }

    void folder(String id) {
        store.execute(tx ->
                tx.run(
                        "INSERT INTO flowir_blob_buckets (bucket, folder) VALUES (?, ?)",
                        bucket,
                        id));
    }

    @Override
    public <T> T read(Function<Rows, T> work) {
        try {
            return store.read(tx -> work.apply(new SqliteRows(tx, Optional.empty(), bucket)));
        } catch (StoreException e) {
            throw translated(e);
        }
    }

    @Override
    public <T> T write(Function<Rows, T> work, Runnable committed) {
        try {
            boolean joined = store.inTransaction();
            T answer =
                    store.write(tx -> {
                        T made = work.apply(new SqliteRows(tx, Optional.of(tx), bucket));
                        if (joined) {
                            tx.afterCommit(() -> Thread.startVirtualThread(committed));
                        }
                        return made;
                    });
            if (!joined) {
                committed.run();
            }
            return answer;
        } catch (StoreException e) {
            throw translated(e);
        }
    }

    private static RuntimeException translated(StoreException e) {
        return switch (e.fault()) {
            case WITHDRAWN -> new BlobException(BlobFault.INTERRUPTED, e.detail(), e);
            case DISK_FULL -> new BlobException(BlobFault.DISK_FULL, e.detail(), e);
            default -> e;
        };
    }
}
