package dev.flowir.object;

import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.ReadTx;
import dev.flowir.store.Store;
import dev.flowir.store.WriteTx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The objects of one space in a store. Keys are blobs: SQLite then orders them by their bytes. */
final class ObjectTables {

    private static final Migrations SCHEMA =
            Migrations.of(
                    "object",
                    Migration.sql(
                            "0001_objects",
                            """
                            CREATE TABLE flowir_object_spaces (
                              space TEXT PRIMARY KEY,
                              epoch INTEGER NOT NULL
                            );
                            CREATE TABLE flowir_objects (
                              oid INTEGER PRIMARY KEY,
                              space TEXT NOT NULL,
                              class TEXT NOT NULL,
                              id BLOB NOT NULL,
                              name TEXT NOT NULL,
                              alarm_at INTEGER,
                              alarm_retries INTEGER NOT NULL,
                              UNIQUE (space, class, id)
                            );
                            CREATE INDEX flowir_object_alarms ON flowir_objects (space, alarm_at)
                              WHERE alarm_at IS NOT NULL;
                            CREATE TABLE flowir_object_entries (
                              oid INTEGER NOT NULL,
                              key BLOB NOT NULL,
                              value BLOB NOT NULL,
                              PRIMARY KEY (oid, key)
                            );
                            """),
                    Migration.sql(
                            "0002_pages",
                            """
                            CREATE TABLE flowir_object_pages (
                              oid INTEGER NOT NULL,
                              page INTEGER NOT NULL,
                              bytes BLOB NOT NULL,
                              PRIMARY KEY (oid, page)
                            );
                            ALTER TABLE flowir_objects ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
                            UPDATE flowir_objects SET bytes =
                              (SELECT coalesce(sum(length(e.key) + length(e.value)), 0)
                                FROM flowir_object_entries e WHERE e.oid = flowir_objects.oid);
                            """),
                    Migration.sql(
                            "0003_past",
                            """
                            ALTER TABLE flowir_objects ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
                            ALTER TABLE flowir_objects ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;
                            ALTER TABLE flowir_objects ADD COLUMN restore_to INTEGER;
                            CREATE TABLE flowir_object_past (
                              oid INTEGER NOT NULL,
                              version INTEGER NOT NULL,
                              at INTEGER NOT NULL,
                              kind INTEGER NOT NULL,
                              item NOT NULL,
                              old BLOB,
                              PRIMARY KEY (oid, version, kind, item)
                            );
                            """));

    /** A megabyte. */
    private static final int PAGES_AT_A_TIME = 256;

    private final Store store;
    private final String space;
    private final long epoch;
    private final ObjectPast past;

    /** Known to the writer's thread alone: how many commits there were when it last looked. */
    private long ownerAtCommit = -1;

    /** An object that has a row; 0 stands for none. */
    record Row(Stored stored, String name, AlarmState alarm, int pages, boolean restores) {

        static final Row NONE = new Row(Stored.NOTHING, "", AlarmState.NONE, 0, false);
    }

    /** Where an object is, and how much its entries are; 0 for none. */
    record Stored(long oid, long entryBytes) {

        static final Stored NOTHING = new Stored(0, 0);
    }

    /** An alarm that rings. */
    record Due(String className, String id, String name, long atMillis) {}

    private ObjectTables(Store store, String space, long epoch, ObjectPast past) {
        this.past = past;
        this.store = store;
        this.space = space;
        this.epoch = epoch;
    }

    /** Takes the space over from whoever had it. */
    static ObjectTables open(Store store, String space, ObjectOptions options) {
        ObjectPast past = new ObjectPast(options.limits().history(), options.timeline());
        store.migrate(SCHEMA);
        long epoch =
                store.write(tx -> {
                    tx.run(
                            "INSERT INTO flowir_object_spaces (space, epoch) VALUES (?, 1)"
                                    + " ON CONFLICT (space) DO UPDATE SET epoch = epoch + 1",
                            space);
                    past.open(tx, space);
                    return epoch(tx, space);
                });
        return new ObjectTables(store, space, epoch, past);
    }

    Store store() {
        return store;
    }

    private static long epoch(ReadTx tx, String space) {
        return tx.first(
                        "SELECT epoch FROM flowir_object_spaces WHERE space = ?",
                        row -> row.getLong(1),
                        space)
                .orElse(0L);
    }

    /** An object as it is, or as it is to be when it was to be restored. */
    Row find(String className, ObjectId id) {
        Row found = look(className, id);
        if (!found.restores()) {
            return found;
        }
        store.execute(tx -> {
            ensureOwner(tx);
            past.restore(tx, found.stored().oid());
        });
        return look(className, id);
    }

    private Row look(String className, ObjectId id) {
        return store.read(tx ->
                        tx.first(
                                "SELECT oid, name, alarm_at, alarm_retries, bytes,"
                                        + " restore_to IS NOT NULL, (SELECT"
                                        + " max(page) FROM flowir_object_pages p WHERE p.oid = o.oid)"
                                        + " FROM flowir_objects o"
                                        + " WHERE space = ? AND class = ? AND id = ?",
                                ObjectTables::row,
                                space,
                                className,
                                Ids.bytes(id)))
                .orElse(Row.NONE);
    }

    private static Row row(ResultSet row) throws SQLException {
        long at = row.getLong(3);
        AlarmState alarm = row.wasNull() ? AlarmState.NONE : new AlarmState(at, row.getInt(4));
        return new Row(
                new Stored(row.getLong(1), row.getLong(5)),
                row.getString(2),
                alarm,
                row.getInt(7),
                row.getBoolean(6));
    }

    Optional<byte[]> get(long oid, String key) {
        return store.read(tx ->
                tx.first(
                        "SELECT value FROM flowir_object_entries WHERE oid = ? AND key = ?",
                        row -> row.getBytes(1),
                        oid,
                        bytes(key)));
    }

    List<Map.Entry<String, byte[]>> list(long oid, Entries entries, int most) {
        // A prefix bounds one end; the caller drops what the others do not want.
        byte[] from = bytes(least(entries));
        boolean ascending = entries.order() == Entries.Order.ASCENDING;
        String order = ascending ? " ORDER BY key LIMIT ?" : " ORDER BY key DESC LIMIT ?";
        String select = "SELECT key, value FROM flowir_object_entries WHERE oid = ? AND key >= ?";
        Optional<byte[]> end = entries.end().map(ObjectTables::bytes);
        Optional<byte[]> behind = behindAll(bytes(entries.prefix()));
        byte[] last =
                end.isPresent() && behind.isPresent()
                        ? least(end.get(), behind.get())
                        : end.or(() -> behind).orElse(null);
        return store.read(tx ->
                last == null
                        ? tx.query(select + order, ObjectTables::entry, oid, from, most)
                        : tx.query(
                                select + " AND key < ?" + order,
                                ObjectTables::entry,
                                oid,
                                from,
                                last,
                                most));
    }

    private static String least(Entries entries) {
        String least = entries.prefix();
        for (Optional<String> bound : List.of(entries.start(), entries.startAfter())) {
            if (bound.isPresent() && Texts.compare(bound.get(), least) > 0) {
                least = bound.get();
            }
        }
        return least;
    }

    private static byte[] least(byte[] one, byte[] other) {
        return java.util.Arrays.compareUnsigned(one, other) <= 0 ? one : other;
    }

    /** The least key greater than all that start with this; empty when none is. */
    private static Optional<byte[]> behindAll(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xff) {
                byte[] next = java.util.Arrays.copyOf(prefix, i + 1);
                next[i]++;
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    private static Map.Entry<String, byte[]> entry(ResultSet row) throws SQLException {
        return Map.entry(new String(row.getBytes(1), StandardCharsets.UTF_8), row.getBytes(2));
    }

    /** The size of an entry, its key included; 0 when there is none. */
    long entryBytes(long oid, String key) {
        return store.read(tx -> entryBytes(tx, oid, bytes(key)));
    }

    private static long entryBytes(ReadTx tx, long oid, byte[] key) {
        return tx.first(
                        "SELECT length(key) + length(value) FROM flowir_object_entries"
                                + " WHERE oid = ? AND key = ?",
                        row -> row.getLong(1),
                        oid,
                        key)
                .orElse(0L);
    }

    /** Some pages of an object's tables, after the one of this number. */
    SortedMap<Integer, byte[]> pages(long oid, int after) {
        TreeMap<Integer, byte[]> pages = new TreeMap<>();
        store.read(tx ->
                        tx.query(
                                "SELECT page, bytes FROM flowir_object_pages"
                                        + " WHERE oid = ? AND page > ? ORDER BY page LIMIT "
                                        + PAGES_AT_A_TIME,
                                row -> Map.entry(row.getInt(1), row.getBytes(2)),
                                oid,
                                after))
                .forEach(page -> pages.put(page.getKey(), page.getValue()));
        return pages;
    }

    /** The number of an object's last commit that is in its past. */
    long version(long oid) {
        past.ensureKept();
        return store.read(tx -> ObjectPast.version(tx, oid));
    }

    long versionAt(long oid, Instant at) {
        return store.read(tx -> past.versionAt(tx, oid, at));
    }

    /** Marks an object to be restored when it wakes; one that has no row has no past either. */
    void markRestore(long oid, long version) {
        store.execute(tx -> {
            ensureOwner(tx);
            past.mark(tx, oid, version);
        });
    }

    /** Where the databases of this space have their files, when it is on a disk. */
    Optional<Path> scratch() {
        return store.file().map(file -> Scratch.beside(file, space, epoch));
    }

    /** Alarms in the order they ring. */
    List<Due> alarms(int most) {
        return store.read(tx ->
                tx.query(
                        "SELECT class, id, name, alarm_at FROM flowir_objects"
                                + " WHERE space = ? AND alarm_at IS NOT NULL ORDER BY alarm_at LIMIT ?",
                        row ->
                                new Due(
                                        row.getString(1),
                                        HexFormat.of().formatHex(row.getBytes(2)),
                                        row.getString(3),
                                        row.getLong(4)),
                        space,
                        most));
    }

    /**
     * Refuses a space that another one has taken over from. One look is enough for all that share a
     * commit: who takes over in the middle of one has the objects when it is on the disk, and finds
     * there what the earlier space wrote with it.
     */
    void ensureOwner(WriteTx tx) {
        long commits = store.stats().commits();
        if (commits == ownerAtCommit) {
            return;
        }
        if (epoch(tx, space) != epoch) {
            throw new ObjectException(
                    ObjectFault.TAKEN_OVER,
                    "another space '"
                            + space
                            + "' was opened on this store and has the objects now; close one of"
                            + " them");
        }
        ownerAtCommit = commits;
    }

    /** What somebody knows about the sizes of entries, keys included: 0 for one that is not. */
    interface Sizes {

        /** Nobody knows: each is looked up. */
        Sizes UNKNOWN = key -> OptionalLong.empty();

        OptionalLong of(String key);
    }

    /** Writes a draft, and answers what is stored then: nothing when nothing is left of it. */
    Stored write(
            WriteTx tx, String className, ObjectId id, Stored known, Draft draft, Sizes sizes) {
        long oid = known.oid();
        long before = known.entryBytes();
        if (draft.cleared() && oid != 0 && past.isKept()) {
            past.everything(tx, oid, past.begin(tx, oid));
            tx.change("DELETE FROM flowir_object_entries WHERE oid = ?", oid);
            tx.change("DELETE FROM flowir_object_pages WHERE oid = ?", oid);
            tx.change(
                    "UPDATE flowir_objects SET alarm_at = NULL, alarm_retries = 0, bytes = 0"
                            + " WHERE oid = ?",
                    oid);
            before = 0;
        } else if (draft.cleared() && oid != 0) {
            tx.change("DELETE FROM flowir_object_entries WHERE oid = ?", oid);
            tx.change("DELETE FROM flowir_object_pages WHERE oid = ?", oid);
            tx.change("DELETE FROM flowir_objects WHERE oid = ?", oid);
            oid = 0;
            before = 0;
        }
        Optional<AlarmState> alarm = draft.alarm().filter(a -> a.isSet() || !draft.cleared());
        boolean stores =
                !draft.pages().isEmpty()
                        || draft.entries().values().stream().anyMatch(Optional::isPresent);
        if (oid == 0 && (stores || alarm.filter(AlarmState::isSet).isPresent())) {
            oid =
                    tx.run(
                                    "INSERT INTO flowir_objects"
                                            + " (space, class, id, name, alarm_retries)"
                                            + " VALUES (?, ?, ?, ?, 0)",
                                    space,
                                    className,
                                    Ids.bytes(id),
                                    id.name().orElse(""))
                            .lastRowId();
        }
        if (oid == 0) {
            return Stored.NOTHING;
        }
        boolean changes = !draft.entries().isEmpty() || !draft.pages().isEmpty();
        long version = changes && past.isKept() ? past.begin(tx, oid) : 0;
        long after = before;
        for (Map.Entry<String, Optional<byte[]>> entry : draft.entries().entrySet()) {
            byte[] key = bytes(entry.getKey());
            OptionalLong size = sizes.of(entry.getKey());
            after -= size.isPresent() ? size.getAsLong() : entryBytes(tx, oid, key);
            if (version != 0) {
                past.entry(tx, oid, version, key);
            }
            if (entry.getValue().isPresent()) {
                tx.change(
                        "INSERT INTO flowir_object_entries (oid, key, value) VALUES (?, ?, ?)"
                                + " ON CONFLICT (oid, key) DO UPDATE SET value = excluded.value",
                        oid,
                        key,
                        entry.getValue().get());
                after += key.length + entry.getValue().get().length;
            } else {
                tx.change("DELETE FROM flowir_object_entries WHERE oid = ? AND key = ?", oid, key);
            }
        }
        for (Map.Entry<Integer, byte[]> page : draft.pages().entrySet()) {
            if (version != 0) {
                past.page(tx, oid, version, page.getKey());
            }
            tx.change(
                    "INSERT INTO flowir_object_pages (oid, page, bytes) VALUES (?, ?, ?)"
                            + " ON CONFLICT (oid, page) DO UPDATE SET bytes = excluded.bytes",
                    oid,
                    page.getKey(),
                    page.getValue());
        }
        if (after != before) {
            tx.change("UPDATE flowir_objects SET bytes = ? WHERE oid = ?", after, oid);
        }
        if (alarm.isPresent()) {
            tx.change(
                    "UPDATE flowir_objects SET alarm_at = ?, alarm_retries = ? WHERE oid = ?",
                    alarm.get().isSet() ? alarm.get().atMillis() : null,
                    alarm.get().retries(),
                    oid);
        }
        return new Stored(oid, after);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
