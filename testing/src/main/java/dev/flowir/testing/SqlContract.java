package dev.flowir.testing;

import dev.flowir.sql.Row;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlException;
import dev.flowir.sql.SqlFault;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlResult;
import dev.flowir.sql.SqlStatement;
import dev.flowir.sql.SqlValue;
import dev.flowir.sql.SqlWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What every provider of SQL keeps. The numbers D1-… are those of Cloudflare D1's behaviour as its
 * documentation states it, SQL-… are ours. Statements are plain enough for any SQL database. There
 * is no rule D1-03 about bookmarks: they order what replicas show, and these providers have none
 * (D1-02 holds for all reads).
 */
public final class SqlContract {

    private static final String TABLE = "CREATE TABLE t (k VARCHAR(200) PRIMARY KEY, v BIGINT)";

    private static final String INSERT = "INSERT INTO t (k, v) VALUES (?, ?)";

    private SqlContract() {}

    /**
     * The contract.
     *
     * @return its rules
     */
    public static Contract<SqlBench> rules() {
        List<Rule<SqlBench>> rules = new ArrayList<>();
        rules.addAll(statements());
        rules.addAll(limits());
        rules.addAll(faults());
        rules.addAll(SqlTransactionRules.rules());
        rules.addAll(SqlSchemaRules.rules());
        return new Contract<>("SQL", rules);
    }

    /** A writer on a bench with the table {@code t (k, v)}. */
    static SqlWriter prepared(SqlBench bench) {
        SqlWriter db = bench.writer();
        db.exec(TABLE);
        return db;
    }

    static void put(SqlWriter db, String key, long value) {
        db.run(INSERT, key, value);
    }

    static SqlStatement insert(String key, long value) {
        return Sql.statement(INSERT, key, value);
    }

    static List<String> keys(SqlReader db) {
        return db.query("SELECT k FROM t ORDER BY k", row -> row.text("k"));
    }

    static SqlException refused(String what, SqlFault fault, Expect.Work work) {
        SqlException refusal = Expect.refused(what, SqlException.class, work);
        Expect.equal("the fault of " + what, fault, refusal.fault());
        Expect.that(
                "the message starts with " + fault.code() + ": " + refusal.getMessage(),
                String.valueOf(refusal.getMessage()).startsWith(fault.code() + ": "));
        return refusal;
    }

    static void mentions(SqlException refusal, String... words) {
        for (String word : words) {
            Expect.that(
                    "the message mentions '" + word + "': " + refusal.getMessage(),
                    refusal.text().contains(word));
        }
    }

    private static List<Rule<SqlBench>> statements() {
        return List.of(
                Rule.of(
                        "D1-02",
                        "a read sees what was acknowledged before",
                        "reads that come from a replica, a cache or an older snapshot",
                        (bench, clock) -> {
                            SqlWriter db = prepared(bench);
                            for (int i = 0; i < 20; i++) {
                                put(db, "k" + i, i);
                                Expect.equal("rows for the writer", i + 1, keys(db).size());
                                Expect.equal(
                                        "rows for a reader", i + 1, keys(bench.reader()).size());
                            }
                        }),
                Rule.of(
                        "D1-05",
                        "null is NULL, true is 1, bytes are a blob, other types are refused",
                        "how parameters are bound and column types mapped to SqlValue",
                        (bench, clock) -> parameters(bench.writer())),
                Rule.of(
                        "D1-06",
                        "first() of no rows is empty; a column that is not there is refused",
                        "first() must not invent a row; Row must keep the names of the statement",
                        (bench, clock) -> {
                            SqlWriter db = prepared(bench);
                            Expect.equal(
                                    "first row of none",
                                    Optional.empty(),
                                    db.first("SELECT k FROM t"));
                            put(db, "a", 1);
                            put(db, "b", 2);
                            Row row = db.first("SELECT k FROM t ORDER BY k").orElseThrow();
                            Expect.equal("first row", "a", row.text("k"));
                            refused("column nope", SqlFault.COLUMN, () -> row.text("nope"));
                        }),
                Rule.of(
                        "D1-07",
                        "exec names the line of the failing statement and keeps nothing",
                        "lines count from 1; a script is one transaction",
                        (bench, clock) -> {
                            SqlWriter db = prepared(bench);
                            SqlException failed =
                                    refused(
                                            "a script",
                                            SqlFault.EXEC,
                                            () ->
                                                    db.exec(
                                                            "INSERT INTO t (k, v) VALUES ('a', 1);\n"
                                                                    + "INSERT INTO nowhere VALUES (1);\n"
                                                                    + "INSERT INTO t (k, v) VALUES"
                                                                    + " ('b', 1)"));
                            mentions(failed, "Error in line 2");
                            Expect.equal("keys", List.of(), keys(db));
                            Expect.equal(
                                    "statements",
                                    2,
                                    db.exec(
                                                    "-- two\nINSERT INTO t (k, v) VALUES ('a;b', 1);"
                                                            + " DELETE FROM t;\n")
                                            .count());
                        }),
                Rule.of(
                        "D1-08",
                        "BEGIN and its kin are refused and point to batch",
                        "the first word of a statement, also behind a comment and inside a script",
                        (bench, clock) -> {
                            SqlWriter db = prepared(bench);
                            for (String sql : List.of("BEGIN", "/* x */ commit", "SAVEPOINT s")) {
                                SqlException refusal =
                                        refused(sql, SqlFault.REFUSED, () -> db.run(sql));
                                mentions(refusal, "batch");
                            }
                        }),
                Rule.of(
                        "SQL-01",
                        "text without a statement and text with two are refused",
                        "a driver may run the first of two and drop the other",
                        (bench, clock) -> {
                            SqlWriter db = prepared(bench);
                            put(db, "a", 1);
                            SqlException none =
                                    refused(
                                            "a comment",
                                            SqlFault.STATEMENT,
                                            () -> db.run("-- nothing"));
                            mentions(none, "No SQL statements detected.");
                            refused(
                                    "two statements",
                                    SqlFault.STATEMENT,
                                    () -> db.run("DELETE FROM t; DELETE FROM t"));
                            Expect.equal("keys", List.of("a"), keys(db));
                        }),
                Rule.of(
                        "SQL-02",
                        "values come back as they went in",
                        "range of numbers, Unicode, empty text, and the difference to NULL",
                        (bench, clock) -> roundTrip(prepared(bench))),
                Rule.of(
                        "SQL-03",
                        "changes say how many rows a statement touched",
                        "counts left over from an earlier statement, and matched rows versus none",
                        (bench, clock) -> {
                            SqlWriter db = prepared(bench);
                            db.batch(List.of(insert("a", 1), insert("b", 1), insert("c", 2)));
                            Expect.equal(
                                    "changes of two",
                                    2L,
                                    db.run("UPDATE t SET v = 9 WHERE v = ?", 1).changes());
                            Expect.equal(
                                    "changes of none",
                                    0L,
                                    db.run("DELETE FROM t WHERE k = ?", "no").changes());
                        }));
    }

    private static void parameters(SqlWriter db) {
        db.exec("CREATE TABLE kinds (n BIGINT, f BIGINT, b BLOB)");
        db.run("INSERT INTO kinds (n, f, b) VALUES (?, ?, ?)", null, true, new byte[] {0, -1});
        Row row = db.first("SELECT n, f, b FROM kinds").orElseThrow();
        Expect.equal("null", new SqlValue.Null(), row.value("n"));
        Expect.equal("true", new SqlValue.Whole(1), row.value("f"));
        Expect.equal("bytes", new byte[] {0, -1}, row.bytes("b"));
        SqlException type =
                refused(
                        "a parameter of another type",
                        SqlFault.TYPE,
                        () -> db.run("INSERT INTO kinds (n) VALUES (?)", new Object()));
        mentions(type, "java.lang.Object");
    }

    private static void roundTrip(SqlWriter db) {
        List<String> texts = List.of("plain", "", "ünï\u2603\uD83D\uDE00", "it's \"quoted\"; --");
        for (String text : texts) {
            put(db, text, text.length());
        }
        for (String text : texts) {
            Optional<Row> row = db.first("SELECT k, v FROM t WHERE k = ?", text);
            Expect.equal("row of '" + text + "'", true, row.isPresent());
            Expect.equal("text", text, row.orElseThrow().text("k"));
        }
        for (long number : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            db.run("DELETE FROM t");
            put(db, "n", number);
            Expect.equal("number", number, db.first("SELECT v FROM t").orElseThrow().whole("v"));
        }
        db.run("UPDATE t SET v = ?", (Object) null);
        Expect.that("NULL is NULL", db.first("SELECT v FROM t").orElseThrow().isNull("v"));
    }

    private static List<Rule<SqlBench>> limits() {
        return List.of(
                Rule.<SqlBench>of(
                                "D1-04",
                                "more than 100 parameters, 100,000 bytes of SQL or 2,000,000 bytes"
                                        + " of a value are refused by name",
                                "the limit profile; the message names the limit and what helps",
                                (bench, clock) -> {
                                    SqlWriter db = prepared(bench);
                                    tooMuch(db);
                                })
                        .where("supportsD1Limits()", SqlBench::supportsD1Limits));
    }

    private static void tooMuch(SqlWriter db) {
        Object[] hundred = Collections.nCopies(100, "x").toArray();
        Object[] more = Collections.nCopies(101, "x").toArray();
        db.all(in(100), hundred);
        SqlException parameters =
                refused("101 parameters", SqlFault.LIMIT, () -> db.all(in(101), more));
        mentions(parameters, "too many SQL variables", "100", "bindMany");
        String longest = "SELECT k FROM t /* " + "x".repeat(99_978) + " */";
        SqlException text =
                refused(
                        "100,001 bytes of SQL",
                        SqlFault.LIMIT,
                        () ->
                                db.all(
                                        longest
                                                + " ".repeat(10)
                                                + "-- "
                                                + "x".repeat(20)
                                                + "\nLIMIT 1"));
        mentions(text, "100000");
        SqlException value =
                refused(
                        "2,000,001 bytes of a value",
                        SqlFault.LIMIT,
                        () -> db.run("DELETE FROM t WHERE k = ?", "x".repeat(2_000_001)));
        mentions(value, "2000000");
        db.run("DELETE FROM t WHERE k = ?", "x".repeat(2_000_000));
    }

    private static String in(int count) {
        return "SELECT k FROM t WHERE k IN ("
                + String.join(",", Collections.nCopies(count, "?"))
                + ")";
    }

    private static List<Rule<SqlBench>> faults() {
        return List.of(
                Rule.<SqlBench>of(
                                "D1-09",
                                "a read is tried again after a passing fault, a write is not",
                                "a write whose answer was lost may have happened",
                                (bench, clock) -> {
                                    SqlWriter db = prepared(bench);
                                    put(db, "a", 1);
                                    bench.failNext(1);
                                    SqlResult read = db.all("SELECT v FROM t");
                                    Expect.that(
                                            "the read says that it took more than one attempt",
                                            read.meta().attempts() > 1);
                                    bench.failNext(1);
                                    SqlException write =
                                            Expect.refused(
                                                    "a write on a passing fault",
                                                    SqlException.class,
                                                    () -> db.run("UPDATE t SET v = v + 1"));
                                    Expect.that(
                                            "the failure says that it passes",
                                            write.fault().retryable());
                                    Expect.equal(
                                            "v",
                                            1L,
                                            db.first("SELECT v FROM t").orElseThrow().whole("v"));
                                })
                        .where("supportsFaults()", SqlBench::supportsFaults));
    }
}
