package dev.flowir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database whose pages the test keeps, in a map. */
class PagedDatabaseTest {

    private static final PagedLimits LIMITS =
            new PagedLimits(2_000_000, 100_000, 100, 100, 50, 5, 100, 10, 32);

    @TempDir Path folder;

    private final TreeMap<Integer, byte[]> pages = new TreeMap<>();
    private int opened;

    private PagedDatabase open(long maxBytes) {
        return PagedDatabase.open(folder.resolve(++opened + ".db"), maxBytes, LIMITS, this::after);
    }

    private PagedDatabase open() {
        return open(100_000_000);
    }

    private SortedMap<Integer, byte[]> after(int number) {
        TreeMap<Integer, byte[]> some = new TreeMap<>(pages.tailMap(number, false));
        while (some.size() > 3) {
            some.pollLastEntry();
        }
        return some;
    }

    private void keep(PagedDatabase database) {
        pages.putAll(database.commit());
    }

    private static List<String> ask(
            PagedDatabase database, String sql, @Nullable Object... bindings) {
        List<String> found = new ArrayList<>();
        try (PagedRows rows = database.execute(sql, bindings)) {
            while (rows.next()) {
                found.add(rows.row(row -> String.valueOf(row.getString(1))));
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatCommitsAnsweredMakesTheDatabaseAgain(long seed) {
        Random random = new Random(seed);
        TreeMap<Long, String> model = new TreeMap<>();
        PagedDatabase database = open();
        database.begin();
        database.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT); CREATE INDEX i ON t(v)");
        keep(database);
        for (int round = 0; round < 60; round++) {
            TreeMap<Long, String> before = new TreeMap<>(model);
            database.begin();
            // A few of them outgrow SQLite's cache, so that pages are in the log before the end.
            int most = random.nextInt(12) == 0 ? 4000 : 20;
            change(database, model, random, random.nextInt(most));
            if (random.nextBoolean()) {
                TreeMap<Long, String> outer = new TreeMap<>(model);
                database.savepoint(1);
                change(database, model, random, random.nextInt(most));
                if (random.nextBoolean()) {
                    database.undo(1);
                    model = outer;
                } else {
                    database.release(1);
                }
            }
            if (random.nextInt(4) == 0) {
                database.rollback();
                model = before;
            } else {
                keep(database);
            }
            if (random.nextInt(10) == 0) {
                database.close();
                database = open();
            }
        }
        database.close();
        try (PagedDatabase again = open()) {
            again.begin();
            assertEquals(List.of("ok"), ask(again, "PRAGMA integrity_check"));
            List<String> expected =
                    model.entrySet().stream().map(e -> e.getKey() + e.getValue()).toList();
            assertEquals(expected, ask(again, "SELECT k || v FROM t ORDER BY k"));
            assertEquals(pages.lastKey() * 4096L, again.bytes());
        }
    }

    private static void change(
            PagedDatabase database, Map<Long, String> model, Random random, int times) {
        for (int i = 0; i < times; i++) {
            long key = random.nextInt(6000);
            if (random.nextInt(3) == 0) {
                database.execute("DELETE FROM t WHERE k = ?", key).close();
                model.remove(key);
            } else {
                String value = "v".repeat(random.nextInt(700)) + key;
                database.execute("INSERT OR REPLACE INTO t VALUES (?, ?)", key, value).close();
                model.put(key, value);
            }
        }
    }

    @Test
    void aCommitAnswersWhatChangedAndNothingElse() {
        try (PagedDatabase database = open()) {
            database.begin();
            assertEquals(Map.of(), database.commit());
            database.begin();
            database.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT)");
            for (int i = 0; i < 1000; i++) {
                database.execute("INSERT INTO t VALUES (?, ?)", i, "x".repeat(400));
            }
            keep(database);
            assertTrue(pages.size() > 100, () -> "pages: " + pages.size());
            database.begin();
            assertEquals(1, database.execute("UPDATE t SET v = 'y' WHERE k = 500").written());
            assertEquals(1, database.commit().size());
            database.begin();
            assertEquals(List.of("1000"), ask(database, "SELECT count(*) FROM t"));
            assertEquals(Map.of(), database.commit());
        }
    }

    @Test
    void rowsAreReadWhileTheyAreAskedAndEndWithTheTransaction() {
        try (PagedDatabase database = open()) {
            database.begin();
            database.execute("CREATE TABLE t (k INTEGER); INSERT INTO t VALUES (1), (2), (3)");
            PagedRows rows = database.execute("SELECT k AS number FROM t");
            assertEquals(List.of("number"), rows.columns());
            assertTrue(rows.next());
            assertEquals(1L, (long) rows.row(row -> row.getLong(1)));
            keep(database);
            StoreException over = assertThrows(StoreException.class, rows::next);
            assertEquals(StoreFault.MISPLACED, over.fault());
            database.begin();
            try (PagedRows all = database.execute("SELECT k FROM t WHERE k > 2")) {
                assertTrue(all.next());
                assertFalse(all.next());
                assertFalse(all.next());
            }
        }
    }

    @Test
    void aStatementThatEndsTheTransactionDoomsIt() {
        try (PagedDatabase database = open()) {
            database.begin();
            database.execute("CREATE TABLE t (k INTEGER PRIMARY KEY)");
            keep(database);
            database.begin();
            database.execute("INSERT INTO t VALUES (1)");
            assertThrows(
                    StoreException.class,
                    () -> database.execute("INSERT OR ROLLBACK INTO t VALUES (1)"));
            assertThrows(StoreException.class, () -> database.execute("INSERT INTO t VALUES (2)"));
            assertThrows(StoreException.class, database::commit);
            database.rollback();
            database.begin();
            assertEquals(List.of("0"), ask(database, "SELECT count(*) FROM t"));
        }
    }

    @Test
    void whatBelongsToTheKeeperIsRefused() {
        try (PagedDatabase database = open()) {
            database.begin();
            for (String sql :
                    List.of(
                            "BEGIN",
                            "commit",
                            "SELECT 1; SAVEPOINT a",
                            "ATTACH 'other.db' AS other",
                            "VACUUM",
                            "PRAGMA synchronous = FULL",
                            "CREATE TEMP TABLE t (k)",
                            "CREATE TABLE temp.t (k)")) {
                StoreException refusal =
                        assertThrows(StoreException.class, () -> database.execute(sql), sql);
                assertEquals(StoreFault.NOT_ALLOWED, refusal.fault(), sql);
            }
            database.readOnly(true);
            StoreException refusal =
                    assertThrows(
                            StoreException.class, () -> database.execute("CREATE TABLE t (k)"));
            assertEquals(StoreFault.NOT_WRITABLE, refusal.fault());
            database.readOnly(false);
            database.execute("CREATE TABLE t (k)");
        }
    }

    @Test
    void itsSizeHasALimit() {
        try (PagedDatabase database = open(5 * 4096)) {
            database.begin();
            database.execute("CREATE TABLE t (v)");
            database.execute("INSERT INTO t VALUES (zeroblob(2 * 4096))");
            StoreException full =
                    assertThrows(
                            StoreException.class,
                            () -> database.execute("INSERT INTO t VALUES (zeroblob(9 * 4096))"));
            assertEquals(StoreFault.DISK_FULL, full.fault());
        }
    }

    @Test
    void closingDeletesItsFiles() throws IOException {
        PagedDatabase database = open();
        database.begin();
        database.execute("CREATE TABLE t (v)");
        keep(database);
        database.close();
        database.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
        assertThrows(StoreException.class, database::begin);
    }

    @Test
    void pagesThatAreNoneAreRefused() {
        pages.put(
                1,
                "nothing"
                        .repeat(600)
                        .substring(0, 4096)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        StoreException refusal = assertThrows(StoreException.class, this::open);
        assertEquals(StoreFault.NOT_A_STORE, refusal.fault());
    }
}
