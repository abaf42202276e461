package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.sql.Row;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlException;
import dev.flowir.sql.SqlFault;
import dev.flowir.sql.SqlValue;
import dev.flowir.sql.SqlWriter;
import dev.flowir.testing.SqlBench;
import dev.flowir.testing.SqlContract;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract of SQL, kept by D1 in miniflare; every call is made in the isolate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeSqlSuite {

    /** Rules that do not hold as they stand, and what is seen then. */
    private static final Map<String, String> DEVIATIONS =
            Map.of(
                    // Longs beyond 2^53 are refused, because they would be stored as others.
                    "SQL-02",
                    "9223372036854775807",
                    // A database elsewhere has no interactive transactions.
                    "SQL-04",
                    "atomically(...) is refused",
                    "SQL-05",
                    "atomically(...) is refused",
                    "SQL-06",
                    "atomically(...) is refused");

    /** Rules of what it lacks: planted faults, migrations at run time, restarts by the test. */
    private static final Set<String> LACKING = Set.of("D1-09", "D1-10", "SQL-10");

    private final Target target;
    private LocalWorker workerd;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeSqlSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        workerd = Workers.run(Workers.build(SqlWorker.class, target));
    }

    @AfterAll
    void stop() throws IOException {
        workerd.close();
    }

    private WorkerSql empty() {
        WorkerSql provider = new WorkerSql(workerd.address());
        SqlWriter db = provider.handle(Sql.writer(SqlWorker.BINDING), Scope.outside("test"));
        db.query(
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE"
                                + " '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
                        row -> row.text("name"))
                .forEach(name -> db.run("DROP TABLE " + name));
        return provider;
    }

    private SqlWriter writer() {
        return empty().handle(Sql.writer(SqlWorker.BINDING), Scope.outside("test"));
    }

    @Test
    void rulesOfTheContractHoldButForThoseThatAreNamed() {
        AtTheEdge.holds(
                SqlContract.rules().verify(clock -> SqlBench.of(empty())), DEVIATIONS, LACKING);
    }

    @Test
    void sql02_valuesComeBackAsTheyWentIn_andWholeNumbersAsFarAsTheyAreExact() {
        SqlWriter db = writer();
        db.exec("CREATE TABLE v (a, b, c, d)");
        long most = (1L << 53) - 1;
        byte[] bytes = {0, 1, -1, -128, 127};
        db.run("INSERT INTO v VALUES (?, ?, ?, ?)", most, -most, 0.5, bytes);
        Row row = db.first("SELECT * FROM v").orElseThrow();
        assertEquals(List.of("a", "b", "c", "d"), row.columns());
        assertEquals(most, row.whole("a"));
        assertEquals(-most, row.whole("b"));
        assertEquals(0.5, row.real("c"));
        assertEquals(new SqlValue.Bytes(bytes), row.value("d"));
        SqlException refused =
                assertThrows(SqlException.class, () -> db.run("UPDATE v SET a = ?", most + 1));
        assertEquals(SqlFault.TYPE, refused.fault());
        // What SQL itself makes beyond that is no whole number any more, rather than a wrong one.
        SqlValue beyond = db.first("SELECT 9007199254740993 AS n").orElseThrow().value("n");
        assertEquals(new SqlValue.Real(9007199254740992.0), beyond);
    }

    @Test
    void sql06_aLateWriteOfAnAttemptThatWasGivenUpDoesNotLeave() {
        WorkerSql provider = empty();
        SqlWriter db = provider.handle(Sql.writer(SqlWorker.BINDING), Scope.outside("test"));
        db.exec("CREATE TABLE t (k)");
        Scope late = new Scope("flow", "run", "node", 1, "key", () -> false);
        SqlWriter mine = provider.handle(Sql.writer(SqlWorker.BINDING), late);
        assertThrows(
                dev.flowir.kernel.cap.StaleAttemptException.class,
                () -> mine.run("INSERT INTO t VALUES (1)"));
        assertThrows(
                dev.flowir.kernel.cap.StaleAttemptException.class,
                () -> mine.exec("INSERT INTO t VALUES (1)"));
        assertEquals(List.of(), db.all("SELECT k FROM t").rows());
    }

    @Test
    void d107_theFailingLineOfALongScriptIsNamed() {
        SqlWriter db = writer();
        StringBuilder script = new StringBuilder("CREATE TABLE t (k PRIMARY KEY);\n");
        for (int i = 0; i < 20; i++) {
            script.append("INSERT INTO t VALUES (").append(i == 13 ? 4 : i).append(");\n");
        }
        SqlException failed = assertThrows(SqlException.class, () -> db.exec(script.toString()));
        assertEquals(SqlFault.EXEC, failed.fault());
        assertTrue(
                failed.text().startsWith("Error in line 15: INSERT INTO t VALUES (4): UNIQUE"),
                failed::getMessage);
        assertEquals(
                List.of(), db.query("SELECT name FROM sqlite_master WHERE name = 't'", it -> it));
    }
}
