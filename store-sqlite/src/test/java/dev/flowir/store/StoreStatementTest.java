package dev.flowir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreStatementTest {

    @TempDir Path directory;
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("app.db"), StoreOptions.defaults());
        store.execute(tx -> tx.run("CREATE TABLE t (k TEXT PRIMARY KEY, v INTEGER)"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static void put(WriteTx tx, String key, long value) {
        tx.run("INSERT INTO t VALUES (?, ?)", key, value);
    }

    private static StoreFault fault(StoreException e) {
        return e.fault();
    }

    @Test
    void transactionControlAndSeveralStatementsAreRefused() {
        for (String sql : List.of("BEGIN", "commit", "/* x */ ROLLBACK", "SAVEPOINT s", "VACUUM")) {
            StoreException refused =
                    assertThrows(StoreException.class, () -> store.execute(tx -> tx.run(sql)));
            assertEquals(StoreFault.NOT_ALLOWED, fault(refused), sql);
        }
        StoreException two =
                assertThrows(
                        StoreException.class,
                        () -> store.execute(tx -> tx.run("DELETE FROM t; DELETE FROM t")));
        assertEquals(StoreFault.NOT_ALLOWED, fault(two));
        StoreException none =
                assertThrows(StoreException.class, () -> store.execute(tx -> tx.run("-- no")));
        assertTrue(none.getMessage().contains("No SQL statements detected."));
    }

    @Test
    void settingsCannotBeChangedOnlyAskedFor() {
        for (String sql :
                List.of(
                        "PRAGMA synchronous=OFF",
                        "pragma journal_mode(DELETE)",
                        "PRAGMA main.foreign_keys = 0",
                        "PRAGMA defer_foreign_keys=ON",
                        "PRAGMA/**/query_only=0",
                        "PRAGMA wal_checkpoint")) {
            StoreException refused =
                    assertThrows(StoreException.class, () -> store.execute(tx -> tx.run(sql)));
            assertEquals(StoreFault.NOT_ALLOWED, fault(refused), sql);
        }
        for (String sql : List.of("PRAGMA table_info(t)", "PRAGMA main.synchronous")) {
            assertEquals(true, store.read(tx -> tx.first(sql, row -> true)).orElse(false), sql);
        }
    }

    @Test
    void parametersAreChecked() {
        StoreException missing =
                assertThrows(
                        StoreException.class,
                        () -> store.execute(tx -> tx.run("INSERT INTO t VALUES (?, ?)", "a")));
        assertEquals(StoreFault.PARAMETER, fault(missing));
        StoreException odd =
                assertThrows(
                        StoreException.class,
                        () -> store.execute(tx -> tx.run("DELETE FROM t WHERE k = ?", List.of())));
        assertEquals(StoreFault.PARAMETER, fault(odd));
        assertEquals(
                List.of("null integer integer real text blob"),
                store.write(tx ->
                        tx.query(
                                "SELECT typeof(?)||' '||typeof(?)||' '||typeof(?)||' '"
                                        + "||typeof(?)||' '||typeof(?)||' '||typeof(?)",
                                row -> row.getString(1),
                                null,
                                true,
                                7,
                                1.5,
                                "t",
                                new byte[] {1})));
    }

    @Test
    void changesAreCountedOnlyWhereThereAreAny() {
        store.execute(tx -> put(tx, "a", 1));
        store.execute(tx -> {
            assertEquals(1, tx.run("UPDATE t SET v = 2").rows());
            assertEquals(0, tx.run("CREATE TABLE u (x)").rows());
            assertEquals(0, tx.run("UPDATE t SET v = 3 WHERE k = 'no'").rows());
            assertEquals(2, tx.run("INSERT INTO u VALUES (1), (2) RETURNING x").rows());
            assertEquals(7, tx.run("INSERT INTO u(rowid) VALUES (7)").lastRowId());
        });
    }

    @Test
    void aMapperMayRunTheSameStatementAgain() {
        store.execute(tx -> {
            put(tx, "a", 1);
            put(tx, "b", 2);
            String sql = "SELECT k FROM t ORDER BY k";
            List<String> crossed =
                    tx.query(
                            sql,
                            row -> row.getString(1) + tx.query(sql, inner -> inner.getString(1)));
            assertEquals(List.of("a[a, b]", "b[a, b]"), crossed);
        });
    }
}
