package dev.flowir.testing;

import static dev.flowir.testing.SqlContract.refused;

import dev.flowir.sql.Row;
import dev.flowir.sql.SqlFault;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlWriter;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** Rules of {@link SqlContract} about what an application does with its schema over time. */
final class SqlSchemaRules {

    /** A day, as the task runner keeps its tasks. */
    private static final Duration TTL = Duration.ofDays(1);

    private SqlSchemaRules() {}

    static List<Rule<SqlBench>> rules() {
        return List.of(
                Rule.<SqlBench>of(
                                "D1-10",
                                "migrations applied twice do nothing the second time; a failing one"
                                        + " leaves the earlier ones and nothing of itself",
                                "whether each script is one transaction with the note that it was"
                                        + " applied",
                                SqlSchemaRules::migrates)
                        .where("supportsMigrations()", SqlBench::supportsMigrations),
                Rule.of(
                        "D1-11",
                        "a sweep by time deletes what is over, counts it, and nothing else",
                        "how whole numbers of 13 digits are bound and compared, and what changes"
                                + " counts",
                        SqlSchemaRules::sweeps));
    }

    private static void migrates(SqlBench bench, TestClock clock) {
        TreeMap<String, String> scripts = new TreeMap<>();
        scripts.put(
                "0001_tables.sql",
                "CREATE TABLE m (k VARCHAR(20) PRIMARY KEY);\nINSERT INTO m VALUES ('one');");
        Expect.equal("applied first", List.of("0001_tables.sql"), bench.migrate(scripts));
        Expect.equal("applied again", List.of(), bench.migrate(scripts));
        scripts.put("0002_more.sql", "INSERT INTO m VALUES ('two')");
        scripts.put(
                "0003_wrong.sql",
                "INSERT INTO m VALUES ('three');\nINSERT INTO nowhere VALUES (1);");
        Expect.refused(
                "a migration that fails", RuntimeException.class, () -> bench.migrate(scripts));
        Expect.equal("rows then", List.of("one", "two"), rows(bench.reader()));
        scripts.put("0003_wrong.sql", "INSERT INTO m VALUES ('three')");
        Expect.equal("applied when mended", List.of("0003_wrong.sql"), bench.migrate(scripts));
        Expect.equal("rows at last", List.of("one", "three", "two"), rows(bench.reader()));
    }

    private static List<String> rows(SqlReader db) {
        return db.query("SELECT k FROM m ORDER BY k", row -> row.text("k"));
    }

    private static void sweeps(SqlBench bench, TestClock clock) {
        SqlWriter db = bench.writer();
        db.exec(
                "CREATE TABLE tasks (id VARCHAR(64) PRIMARY KEY, status VARCHAR(20) NOT NULL,"
                        + " created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL);\n"
                        + "CREATE INDEX tasks_by_expiry ON tasks (expires_at)");
        insert(db, "first", clock);
        clock.advance(Duration.ofSeconds(1));
        insert(db, "second", clock);
        clock.advance(TTL.minusSeconds(1));
        Expect.equal("swept after 86,400 s", 0L, sweep(db, clock));
        clock.advance(Duration.ofSeconds(1));
        Expect.equal("swept after 86,401 s", 1L, sweep(db, clock));
        Expect.equal(
                "what is left",
                List.of("second"),
                db.query("SELECT id FROM tasks", row -> row.text("id")));
        refused("the same id again", SqlFault.CONSTRAINT, () -> insert(db, "second", clock));
        Expect.equal(
                "when the one that is left is over",
                clock.instant().toEpochMilli(),
                db.first("SELECT expires_at FROM tasks").map(SqlSchemaRules::expiry).orElse(0L));
    }

    private static long expiry(Row row) {
        return row.whole("expires_at");
    }

    private static void insert(SqlWriter db, String id, TestClock clock) {
        long now = clock.instant().toEpochMilli();
        db.run(
                "INSERT INTO tasks (id, status, created_at, expires_at) VALUES (?, ?, ?, ?)",
                id,
                "completed",
                now,
                now + TTL.toMillis());
    }

    private static long sweep(SqlWriter db, TestClock clock) {
        return db.run("DELETE FROM tasks WHERE expires_at < ?", clock.instant().toEpochMilli())
                .changes();
    }
}
