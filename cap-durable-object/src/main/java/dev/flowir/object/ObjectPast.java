package dev.flowir.object;

import dev.flowir.store.ReadTx;
import dev.flowir.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What objects were: of each entry and page that a commit changes, what it was before, under the
 * number of the commit. Who goes back to a commit takes the oldest of what came after it.
 */
final class ObjectPast {

    /** How often an object looks for what is too old: a small part of what it writes. */
    private static final int COMMITS_BETWEEN_LOOKS = 64;

    private final Duration kept;
    private final InstantSource clock;

    /** Something that has to become what it was. */
    private record Old(Kind kind, Object item, Optional<byte[]> value) {}

    private enum Kind {
        ENTRY(0, "flowir_object_entries", "key", "value"),
        PAGE(1, "flowir_object_pages", "page", "bytes");

        final int number;
        final String table;
        final String key;
        final String value;

        Kind(int number, String table, String key, String value) {
            this.number = number;
            this.table = table;
            this.key = key;
            this.value = value;
        }
    }

    private static Kind kind(int number) {
        return number == Kind.ENTRY.number ? Kind.ENTRY : Kind.PAGE;
    }

    ObjectPast(Duration kept, InstantSource clock) {
        this.kept = kept;
        this.clock = clock;
    }

    boolean isKept() {
        return !kept.isZero();
    }

    /** At the opening of a space that keeps nothing: what another one has kept goes. */
    void open(WriteTx tx, String space) {
        if (isKept()) {
            return;
        }
        // Changes from now on are not known: no bookmark of before may be believed later.
        tx.change(
                "UPDATE flowir_objects SET version = version + 1, forgotten = version + 1,"
                        + " restore_to = NULL"
                        + " WHERE space = ? AND oid IN (SELECT oid FROM flowir_object_past)",
                space);
        tx.change(
                "DELETE FROM flowir_object_past WHERE oid IN"
                        + " (SELECT oid FROM flowir_objects WHERE space = ?)",
                space);
    }

    /** Begins a commit of an object; the number that its changes have. */
    long begin(WriteTx tx, long oid) {
        long version = version(tx, oid) + 1;
        tx.change("UPDATE flowir_objects SET version = ? WHERE oid = ?", version, oid);
        if (version % COMMITS_BETWEEN_LOOKS == 0) {
            forget(tx, oid);
        }
        return version;
    }

    private void forget(WriteTx tx, long oid) {
        long until = clock.millis() - kept.toMillis();
        tx.change(
                "UPDATE flowir_objects SET forgotten = max(forgotten, coalesce((SELECT max(version)"
                        + " FROM flowir_object_past p WHERE p.oid = ?1 AND at < ?2), 0))"
                        + " WHERE oid = ?1",
                oid,
                until);
        tx.change(
                "DELETE FROM flowir_object_past WHERE oid = ? AND version <="
                        + " (SELECT forgotten FROM flowir_objects o WHERE o.oid = ?)",
                oid,
                oid);
    }

    void entry(WriteTx tx, long oid, long version, byte[] key) {
        remember(tx, Kind.ENTRY, oid, version, key);
    }

    void page(WriteTx tx, long oid, long version, int number) {
        remember(tx, Kind.PAGE, oid, version, number);
    }

    private void remember(WriteTx tx, Kind kind, long oid, long version, Object item) {
        // What is there already is from before a deletion of everything in the same commit.
        tx.change(
                "INSERT OR IGNORE INTO flowir_object_past (oid, version, at, kind, item, old)"
                        + " VALUES (?, ?, ?, ?, ?, (SELECT "
                        + kind.value
                        + " FROM "
                        + kind.table
                        + " WHERE oid = ? AND "
                        + kind.key
                        + " = ?))",
                oid,
                version,
                clock.millis(),
                kind.number,
                item,
                oid,
                item);
    }

    /** Before everything is deleted. */
    void everything(WriteTx tx, long oid, long version) {
        for (Kind kind : Kind.values()) {
            tx.change(
                    "INSERT INTO flowir_object_past (oid, version, at, kind, item, old) SELECT oid, ?,"
                            + " ?, ?, "
                            + kind.key
                            + ", "
                            + kind.value
                            + " FROM "
                            + kind.table
                            + " WHERE oid = ?",
                    version,
                    clock.millis(),
                    kind.number,
                    oid);
        }
    }

    // ---- going back

    static long version(ReadTx tx, long oid) {
        return number(tx, "SELECT version FROM flowir_objects WHERE oid = ?", oid).orElse(0L);
    }

    private static Optional<Long> number(ReadTx tx, String sql, Object... parameters) {
        return tx.query(sql, row -> Optional.ofNullable(row.getString(1)), parameters).stream()
                .flatMap(Optional::stream)
                .map(Long::valueOf)
                .findFirst();
    }

    /** The last commit at a time or before it. */
    long versionAt(ReadTx tx, long oid, Instant at) {
        ensureKept();
        if (at.isBefore(clock.instant().minus(kept))) {
            throw ObjectBookmark.refused("what was at " + at + " is kept for " + kept + " only");
        }
        return number(
                        tx,
                        "SELECT max(version) FROM flowir_object_past WHERE oid = ? AND at <= ?",
                        oid,
                        at.toEpochMilli())
                .or(() ->
                        number(
                                tx,
                                "SELECT min(version) - 1 FROM flowir_object_past WHERE oid = ?",
                                oid))
                .orElseGet(() -> version(tx, oid));
    }

    void ensureKept() {
        if (!isKept()) {
            throw ObjectBookmark.refused(
                    "this space keeps nothing of what was; see ObjectLimits.withHistory(…)");
        }
    }

    /** Has the object become what it was after a commit, when it wakes the next time. */
    void mark(WriteTx tx, long oid, long version) {
        ensureKept();
        forget(tx, oid);
        long least =
                number(tx, "SELECT forgotten FROM flowir_objects WHERE oid = ?", oid).orElse(0L);
        if (version < least || version > version(tx, oid)) {
            throw ObjectBookmark.refused("the bookmark is older than what is kept, or of no past");
        }
        tx.change("UPDATE flowir_objects SET restore_to = ? WHERE oid = ?", version, oid);
    }

    /** Does what was marked; itself a commit that can be undone. */
    void restore(WriteTx tx, long oid) {
        Optional<Long> to = number(tx, "SELECT restore_to FROM flowir_objects WHERE oid = ?", oid);
        if (to.isEmpty()) {
            return;
        }
        long version = begin(tx, oid);
        List<Old> changed =
                tx.query(
                        "SELECT kind, item, old, min(version) FROM flowir_object_past"
                                + " WHERE oid = ? AND version > ? GROUP BY kind, item",
                        row ->
                                new Old(
                                        kind(row.getInt(1)),
                                        row.getObject(2),
                                        Optional.ofNullable(row.getBytes(3))),
                        oid,
                        to.get());
        for (Old old : changed) {
            remember(tx, old.kind(), oid, version, old.item());
            put(tx, oid, old);
        }
        tx.change(
                "UPDATE flowir_objects SET restore_to = NULL, bytes = (SELECT"
                        + " coalesce(sum(length(key) + length(value)), 0)"
                        + " FROM flowir_object_entries e WHERE e.oid = flowir_objects.oid)"
                        + " WHERE oid = ?",
                oid);
    }

    private static void put(WriteTx tx, long oid, Old old) {
        String table = old.kind().table;
        String key = old.kind().key;
        if (old.value().isEmpty()) {
            tx.change(
                    "DELETE FROM " + table + " WHERE oid = ? AND " + key + " = ?", oid, old.item());
        } else {
            tx.change(
                    "INSERT OR REPLACE INTO "
                            + table
                            + " (oid, "
                            + key
                            + ", "
                            + old.kind().value
                            + ") VALUES (?, ?, ?)",
                    oid,
                    old.item(),
                    old.value().get());
        }
    }
}
