package dev.flowir.blob;

import dev.flowir.kernel.cap.Utf8Key;
import dev.flowir.store.ReadTx;
import dev.flowir.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The rows of one bucket in one transaction of a store. */
final class SqliteRows implements Rows {

    private static final String OBJECT =
            "SELECT key, version, size, etag, uploaded_at, described FROM flowir_blob_objects";

    private static final String EVENT =
            "SELECT id, account, action, key, size, etag, happened_at, copied_bucket, copied_key"
                    + " FROM flowir_blob_events";

    private final ReadTx tx;
    private final Optional<WriteTx> writing;
    private final String bucket;

    SqliteRows(ReadTx tx, Optional<WriteTx> writing, String bucket) {
        this.tx = tx;
        this.writing = writing;
        this.bucket = bucket;
    }

    private void run(String sql, @Nullable Object... parameters) {
        writing.orElseThrow().run(sql, parameters);
    }

    @Override
    public long nowMillis() {
        return tx.nowMillis();
    }

    @Override
    public Optional<Entry> find(Utf8Key key) {
        return tx.first(
                        OBJECT + " WHERE bucket = ? AND key = ?",
                        SqliteRows::info,
                        bucket,
                        key.bytes())
                .map(info -> new Entry(key, info, segments(info.version())));
    }

    private static BlobInfo info(ResultSet row) throws SQLException {
        Described described = Described.decode(row.getBytes(6));
        return new BlobInfo(
                Utf8Key.wrap(row.getBytes(1)).toString(),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                described.metadata(),
                described.checksums());
    }

    private List<Segment> segments(String owner) {
        return tx.query(
                "SELECT file, length, crc FROM flowir_blob_segments WHERE owner = ?"
                        + " ORDER BY position",
                row -> new Segment(row.getString(1), row.getLong(2), row.getInt(3)),
                owner);
    }

    @Override
    public List<BlobInfo> range(Utf8Key from, Edge edge, Optional<Utf8Key> to, int limit) {
        String start = edge == Edge.INCLUDED ? " AND key >= ?" : " AND key > ?";
        String select = OBJECT + " WHERE bucket = ?" + start;
        String order = " ORDER BY key LIMIT ?";
        return to.isPresent()
                ? tx.query(
                        select + " AND key < ?" + order,
                        SqliteRows::info,
                        bucket,
                        from.bytes(),
                        to.get().bytes(),
                        limit)
                : tx.query(select + order, SqliteRows::info, bucket, from.bytes(), limit);
    }

    @Override
    public void put(Entry entry) {
        find(entry.key()).ifPresent(this::remove);
        BlobInfo info = entry.info();
        run(
                "INSERT INTO flowir_blob_objects"
                        + " (bucket, key, version, size, etag, uploaded_at, described)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                bucket,
                entry.key().bytes(),
                info.version(),
                info.size(),
                info.etag(),
                info.uploadedAt().toEpochMilli(),
                new Described(info.metadata(), info.checksums()).encode());
        own(info.version(), entry.segments());
    }

    private void own(String owner, List<Segment> segments) {
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            run(
                    "INSERT INTO flowir_blob_segments (owner, position, file, length, crc)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    owner,
                    i,
                    segment.file(),
                    segment.length(),
                    segment.crc());
        }
    }

    private void disown(String owner) {
        run("DELETE FROM flowir_blob_segments WHERE owner = ?", owner);
    }

    @Override
    public void remove(Entry entry) {
        run(
                "DELETE FROM flowir_blob_objects WHERE bucket = ? AND key = ?",
                bucket,
                entry.key().bytes());
        disown(entry.info().version());
    }

    @Override
    public void createUpload(UploadRow upload) {
        run(
                "INSERT INTO flowir_blob_uploads (bucket, id, key, created_at, described)"
                        + " VALUES (?, ?, ?, ?, ?)",
                bucket,
                upload.id(),
                upload.key().bytes(),
                upload.createdAtMillis(),
                new Described(upload.metadata(), java.util.Map.of()).encode());
    }

    @Override
    public Optional<UploadRow> upload(String id) {
        return tx.first(
                "SELECT id, key, created_at, described FROM flowir_blob_uploads"
                        + " WHERE bucket = ? AND id = ?",
                SqliteRows::uploadRow,
                bucket,
                id);
    }

    private static UploadRow uploadRow(ResultSet row) throws SQLException {
        return new UploadRow(
                row.getString(1),
                Utf8Key.wrap(row.getBytes(2)),
                row.getLong(3),
                Described.decode(row.getBytes(4)).metadata());
    }

    @Override
    public List<UploadRow> uploadsUntil(long millis, int most) {
        return tx.query(
                "SELECT id, key, created_at, described FROM flowir_blob_uploads"
                        + " WHERE bucket = ? AND created_at <= ? ORDER BY created_at LIMIT ?",
                SqliteRows::uploadRow,
                bucket,
                millis,
                most);
    }

    private static String ownerOf(String upload, int number) {
        return upload + "-" + number;
    }

    @Override
    public List<PartRow> parts(String upload) {
        List<PartRow> bare =
                tx.query(
                        "SELECT number, etag FROM flowir_blob_parts WHERE upload = ?"
                                + " ORDER BY number",
                        row -> new PartRow(row.getInt(1), row.getString(2), List.of()),
                        upload);
        List<PartRow> parts = new ArrayList<>();
        for (PartRow part : bare) {
            List<Segment> segments = segments(ownerOf(upload, part.number()));
            parts.add(new PartRow(part.number(), part.etag(), segments));
        }
        return parts;
    }

    @Override
    public Optional<PartRow> part(String upload, int number) {
        return tx.first(
                        "SELECT etag FROM flowir_blob_parts WHERE upload = ? AND number = ?",
                        row -> row.getString(1),
                        upload,
                        number)
                .map(etag -> new PartRow(number, etag, segments(ownerOf(upload, number))));
    }

    @Override
    public void putPart(String upload, PartRow part) {
        String owner = ownerOf(upload, part.number());
        disown(owner);
        run(
                "INSERT OR REPLACE INTO flowir_blob_parts (upload, number, etag) VALUES (?, ?, ?)",
                upload,
                part.number(),
                part.etag());
        own(owner, part.segments());
    }

    @Override
    public void removeUpload(String upload) {
        List<Integer> numbers =
                tx.query(
                        "SELECT number FROM flowir_blob_parts WHERE upload = ?",
                        row -> row.getInt(1),
                        upload);
        numbers.forEach(number -> disown(ownerOf(upload, number)));
        run("DELETE FROM flowir_blob_parts WHERE upload = ?", upload);
        run("DELETE FROM flowir_blob_uploads WHERE bucket = ? AND id = ?", bucket, upload);
    }

    @Override
    public List<String> release(Collection<String> files) {
        List<String> free = new ArrayList<>();
        for (String file : new LinkedHashSet<>(files)) {
            if (!holds(file)) {
                run(
                        "INSERT OR IGNORE INTO flowir_blob_garbage (bucket, file) VALUES (?, ?)",
                        bucket,
                        file);
                free.add(file);
            }
        }
        return free;
    }

    @Override
    public boolean holds(String file) {
        return tx.first(
                        "SELECT 1 FROM flowir_blob_segments WHERE file = ? LIMIT 1",
                        row -> true,
                        file)
                .isPresent();
    }

    @Override
    public List<String> garbage(int most) {
        return tx.query(
                "SELECT file FROM flowir_blob_garbage WHERE bucket = ? LIMIT ?",
                row -> row.getString(1),
                bucket,
                most);
    }

    @Override
    public void cleared(Collection<String> files) {
        for (String file : files) {
            run("DELETE FROM flowir_blob_garbage WHERE bucket = ? AND file = ?", bucket, file);
        }
    }

    @Override
    public void note(NotedEvent noted) {
        BlobEvent event = noted.event();
        Optional<BlobEvent.CopySource> source = event.copySource();
        run(
                "INSERT INTO flowir_blob_events (bucket, rule, account, action, key, size, etag,"
                        + " happened_at, copied_bucket, copied_key)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                bucket,
                noted.rule(),
                event.account(),
                event.action().wire(),
                Checks.utf8(event.key()),
                event.size().isPresent() ? event.size().getAsLong() : null,
                event.eTag().orElse(null),
                event.eventTime().toEpochMilli(),
                source.map(BlobEvent.CopySource::bucket).orElse(null),
                source.map(from -> Checks.utf8(from.object())).orElse(null));
    }

    @Override
    public List<NotedEvent> noted(String rule, int most) {
        return tx.query(
                EVENT + " WHERE bucket = ? AND rule = ? ORDER BY id LIMIT ?",
                row -> new NotedEvent(row.getLong(1), rule, event(row)),
                bucket,
                rule,
                most);
    }

    @Override
    public List<NotedEvent> begun(int most) {
        return tx.query(
                EVENT
                        + " WHERE bucket = ? AND rule >= char(1) AND rule < char(2)"
                        + " ORDER BY rule, id LIMIT ?",
                row -> new NotedEvent(row.getLong(1), BEGUN + row.getString(6), event(row)),
                bucket,
                most);
    }

    private BlobEvent event(ResultSet row) throws SQLException {
        String action = row.getString(3);
        long size = row.getLong(5);
        boolean sized = !row.wasNull();
        byte[] copied = row.getBytes(9);
        String copiedBucket = row.getString(8);
        return new BlobEvent(
                row.getString(2),
                BlobAction.of(action)
                        .orElseThrow(() ->
                                new BlobException(
                                        BlobFault.CORRUPT, "no action is named " + action)),
                bucket,
                Utf8Key.wrap(row.getBytes(4)).toString(),
                sized ? OptionalLong.of(size) : OptionalLong.empty(),
                Optional.ofNullable(row.getString(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                copied == null
                        ? Optional.empty()
                        : Optional.of(
                                new BlobEvent.CopySource(
                                        copiedBucket, Utf8Key.wrap(copied).toString())));
    }

    @Override
    public long notedCount() {
        return tx.first(
                        "SELECT COUNT(*) FROM flowir_blob_events WHERE bucket = ?",
                        row -> row.getLong(1),
                        bucket)
                .orElse(0L);
    }

    @Override
    public void forget(List<NotedEvent> events) {
        events.forEach(event -> run("DELETE FROM flowir_blob_events WHERE id = ?", event.id()));
    }
}
