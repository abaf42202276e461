package dev.flowir.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqlHandleTest {

    private Store store;
    private SqlProvider provider;
    private SqlWriter db;

    @BeforeEach
    void open() {
        store = Store.inMemory(StoreOptions.defaults());
        provider = SqlProvider.on("db", store);
        db = provider.outside("test");
        db.exec("CREATE TABLE t (k TEXT PRIMARY KEY, v INTEGER)");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private SqlException refused(Runnable work) {
        return assertThrows(SqlException.class, work::run);
    }

    private Scope attempt(AtomicBoolean current) {
        return new Scope("flow", "run-1", "node", 1, "key", current::get);
    }

    @Test
    void aReaderCannotWriteAndIsNoWriter() {
        SqlReader reader = provider.handle(Sql.reader("db"), Scope.outside("test"));
        assertFalse(reader instanceof SqlWriter);
        assertEquals(SqlFault.REFUSED, refused(() -> reader.all("DELETE FROM t")).fault());
        SqlException hidden =
                refused(() -> reader.all("WITH x AS (SELECT 1) INSERT INTO t VALUES ('a', 1)"));
        assertEquals(SqlFault.REFUSED, hidden.fault());
        assertInstanceOf(SqlWriter.class, provider.handle(Sql.writer("db"), Scope.outside("test")));
    }

    @Test
    void aWriteOfAnAttemptThatWasGivenUpIsRefused() {
        AtomicBoolean current = new AtomicBoolean(true);
        SqlWriter mine = provider.handle(Sql.writer("db"), attempt(current));
        mine.run("INSERT INTO t VALUES ('a', 1)");
        StaleAttemptException late =
                assertThrows(
                        StaleAttemptException.class,
                        () ->
                                mine.atomically(tx -> {
                                    tx.run("INSERT INTO t VALUES ('b', 1)");
                                    current.set(false);
                                    return 1;
                                }));
        assertTrue(String.valueOf(late.getMessage()).contains("given up"));
        assertThrows(StaleAttemptException.class, () -> mine.run("DELETE FROM t"));
        assertEquals(List.of("a"), db.query("SELECT k FROM t", row -> row.text("k")));
    }

    @Test
    void otherWorkOnTheStoreJoinsAtomically() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        db.atomically(tx -> {
                            tx.run("INSERT INTO t VALUES ('a', 1)");
                            store.execute(other -> other.run("INSERT INTO t VALUES ('b', 1)"));
                            assertEquals(2, tx.all("SELECT * FROM t").rows().size());
                            throw new IllegalStateException("after both");
                        }));
        assertEquals(List.of(), db.all("SELECT * FROM t").rows());
    }

    @Test
    void statementsOfAnAttemptAreCountedThoseOutsideOfRunsAreNot() {
        SqlLimits three =
                new SqlLimits("SMALL", 100, 1000, 1000, java.time.Duration.ofSeconds(1), 3, 10);
        SqlProvider small = provider.withLimits(three);
        SqlWriter mine = small.handle(Sql.writer("db"), attempt(new AtomicBoolean(true)));
        mine.all("SELECT 1");
        mine.batch(List.of(Sql.statement("SELECT 1"), Sql.statement("SELECT 2")));
        SqlException fourth = refused(() -> mine.first("SELECT 1"));
        assertEquals(SqlFault.LIMIT, fourth.fault());
        assertTrue(fourth.text().contains("SMALL"), fourth.text());
        SqlWriter outside = small.outside("host");
        for (int i = 0; i < 5; i++) {
            outside.all("SELECT 1");
        }
    }

    @Test
    void anAnswerBeyondItsBoundIsRefused() {
        SqlLimits ten =
                new SqlLimits("SMALL", 100, 1000, 1000, java.time.Duration.ofSeconds(1), 99, 10);
        SqlReader small = provider.withLimits(ten).outside("test");
        String numbers =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                        + " SELECT i FROM n";
        assertEquals(10, small.all(numbers, 10).rows().size());
        assertEquals(SqlFault.LIMIT, refused(() -> small.all(numbers, 11)).fault());
        assertEquals(1, small.first(numbers, 1_000_000).orElseThrow().whole("i"));
    }

    @Test
    void theTablesOfTheStoreAreOutOfReach() {
        for (String sql :
                List.of("SELECT * FROM flowir_migrations", "DROP TABLE \"flowir_migrations\"")) {
            SqlException refused = refused(() -> db.all(sql));
            assertEquals(SqlFault.REFUSED, refused.fault());
            assertTrue(refused.text().contains("SQLITE_AUTH"), refused.text());
        }
        assertEquals(1, db.all("SELECT 'flowir_migrations' AS text").rows().size());
        assertEquals(SqlFault.REFUSED, refused(() -> db.run("ATTACH ':memory:' AS x")).fault());
        assertEquals(SqlFault.REFUSED, refused(() -> db.run("PRAGMA synchronous=OFF")).fault());
    }

    @Test
    void manyValuesAreBoundInChunks() {
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            rows.add(List.of("k" + i, i));
        }
        List<SqlStatement> inserts =
                Sql.bindMany(db.limits(), "INSERT INTO t (k, v) VALUES ??", rows);
        assertEquals(3, inserts.size());
        assertEquals(100, inserts.get(0).parameters().size());
        long inserted = db.batch(inserts).stream().mapToLong(one -> one.meta().changes()).sum();
        assertEquals(120, inserted);
        List<String> keys = List.of("k1", "k2", "none");
        List<SqlStatement> finds =
                Sql.bindMany(db.limits(), "SELECT k FROM t WHERE v < ? AND k IN (??)", keys, 1_000);
        assertEquals("SELECT k FROM t WHERE v < ? AND k IN (?, ?, ?)", finds.get(0).sql());
        assertEquals(2, db.batch(finds).get(0).rows().size());
        assertEquals(List.of(), Sql.bindMany(db.limits(), "x ??", List.of()));
        assertThrows(
                IllegalArgumentException.class, () -> Sql.bindMany(db.limits(), "no mark", keys));
    }

    @Test
    void changesAreCountedAndRowsOfAWriteAreAnswered() {
        SqlResult inserted =
                db.all("INSERT INTO t VALUES ('a', 1), ('b', 2) RETURNING k AS name, v");
        assertEquals(2, inserted.meta().changes());
        assertEquals("b", inserted.rows().get(1).text("name"));
        assertEquals(0, db.run("UPDATE t SET v = 0 WHERE k = 'no'").changes());
        assertEquals(0, db.run("CREATE TABLE u (x)").changes());
        assertEquals(1, db.run("DELETE FROM t WHERE k = 'a'").changes());
    }

    @Test
    void valuesAreReadByKind() {
        Row row =
                db.first("SELECT 1 AS w, 1.5 AS r, 't' AS t, x'0102' AS b, NULL AS n")
                        .orElseThrow();
        assertEquals(1, row.whole("w"));
        assertEquals(1.0, row.real("w"));
        assertEquals("1", row.text("w"));
        assertTrue(row.truth("w"));
        assertEquals(1.5, row.real("r"));
        assertEquals("t", row.text("t"));
        assertEquals(2, row.bytes("b").length);
        assertEquals(java.util.Optional.empty(), row.optional("n", Row::text));
        assertEquals(java.util.Optional.of("t"), row.optional("t", Row::text));
        assertEquals(SqlFault.TYPE, refused(() -> row.text("n")).fault());
        assertEquals(SqlFault.TYPE, refused(() -> row.whole("t")).fault());
        assertEquals(SqlFault.TYPE, refused(() -> row.whole("r")).fault());
    }

    @Test
    void aScriptIsAllOrNothing() {
        SqlException failed =
                refused(() -> db.exec("INSERT INTO t VALUES ('a', 1);\nBEGIN;\nCOMMIT"));
        assertEquals(SqlFault.EXEC, failed.fault());
        assertTrue(failed.text().startsWith("Error in line 2: BEGIN"), failed.text());
        assertEquals(List.of(), db.all("SELECT * FROM t").rows());
        assertEquals(SqlFault.EXEC, refused(() -> db.exec("-- nothing")).fault());
    }

    @Test
    void theDescriptorSaysWhatTheStoreIs() {
        Descriptor memory = provider.descriptor();
        assertEquals("sql.memory", provider.kind());
        assertEquals(Descriptor.Durability.NONE, memory.durability());
        assertEquals(Descriptor.Consistency.STRONG, memory.consistency());
    }
}
