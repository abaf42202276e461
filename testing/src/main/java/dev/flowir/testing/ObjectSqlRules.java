package dev.flowir.testing;

import static dev.flowir.testing.ObjectScene.A;
import static dev.flowir.testing.ObjectScene.refused;

import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectRows;
import dev.flowir.object.ObjectSql;
import dev.flowir.object.ObjectStorage;
import dev.flowir.testing.ObjectScene.Probe;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What an object's own tables do. */
final class ObjectSqlRules {

    private ObjectSqlRules() {}

    static List<Rule<ObjectBench>> rules() {
        return List.of(
                Rule.of(
                        "DO-16",
                        "statements neither begin nor end transactions, set anything, nor leave the"
                                + " database; the refusal says what to use",
                        "which statements reach SQLite",
                        ObjectSqlRules::refuses),
                Rule.of(
                        "DO-17",
                        "bindings, statements, rows, patterns, terms, columns and arguments have"
                                + " their limits, and not one less",
                        "which limits the connection was given",
                        ObjectSqlRules::bounds),
                Rule.of(
                        "DO-150",
                        "tables, entries and the alarm of one call are kept together or not at all",
                        "whether what SQLite wrote is part of what the call wrote",
                        ObjectSqlRules::commitsTogether),
                Rule.of(
                        "DO-151",
                        "a transaction that throws undoes tables and entries alike, and nothing of"
                                + " what was before it",
                        "whether savepoints of SQLite begin and end where transactions do",
                        ObjectSqlRules::undoesTogether),
                Rule.of(
                        "DO-152",
                        "an answer is read row by row, tells its columns and what was written, and"
                                + " ends with its turn; one() is for one row",
                        "how long an answer can be read, and what it counts",
                        ObjectSqlRules::answers),
                Rule.of(
                        "DO-153",
                        "numbers beyond 2^53, text, bytes, fractions and nothing come back as they"
                                + " were bound, also after sleep",
                        "how values are bound, and what of the database is kept",
                        ObjectSqlRules::keepsValues),
                Rule.of(
                        "DO-154",
                        "an object sees its own tables only, whatever they are called",
                        "what separates tables of two objects, and from those of the store",
                        ObjectSqlRules::separates),
                Rule.of(
                        "DO-155",
                        "a call that only reads does not write tables",
                        "whether readers can write by SQL",
                        ObjectSqlRules::readersRead),
                Rule.of(
                        "DO-156",
                        "deleting everything leaves no table, and all of them when the call fails",
                        "what deleteAll() does to tables, and what undoes it",
                        ObjectSqlRules::deletesTables),
                Rule.of(
                        "DO-157",
                        "several statements run in order and the last one has the bindings;"
                                + " what SQLite refuses is told by kind and leaves what was before",
                        "how texts are cut into statements, and how refusals are told apart",
                        ObjectSqlRules::tellsWhatIsWrong),
                Rule.<ObjectBench>of(
                                "DO-158",
                                "tables survive a restart, at the point that was acknowledged",
                                "whether pages are in the transaction that the answer waits for",
                                ObjectSqlRules::survives)
                        .where("supportsCrash()", ObjectBench::supportsCrash));
    }

    static List<String> ask(Probe probe, String sql, @Nullable Object... bindings) {
        return probe.storage()
                .sql()
                .exec(sql, bindings)
                .toList(row -> String.valueOf(row.getString(1)));
    }

    private static boolean exec(ObjectRef<Probe> object, String sql, @Nullable Object... bindings) {
        return object.call(probe -> {
            probe.storage().sql().exec(sql, bindings);
            return true;
        });
    }

    private static List<String> rows(ObjectRef<Probe> object, String sql) {
        return object.call(probe -> ask(probe, sql));
    }

    private static void refuses(ObjectBench bench, TestClock clock) {
        ObjectRef<Probe> object = ObjectScene.on(bench, clock).at("a");
        for (String statement :
                List.of(
                        "BEGIN",
                        "commit",
                        "ROLLBACK",
                        "SAVEPOINT a",
                        "RELEASE a",
                        "SELECT 1; /* hidden */ END",
                        "ATTACH 'x.db' AS x",
                        "VACUUM",
                        "PRAGMA journal_mode = DELETE",
                        "CREATE TEMP TABLE t (k)")) {
            refused(statement, ObjectFault.SQL_NOT_ALLOWED, () -> exec(object, statement));
        }
        String said =
                String.valueOf(
                        Expect.refused("BEGIN", ObjectException.class, () -> exec(object, "BEGIN"))
                                .getMessage());
        Expect.that("it points to transaction(…): " + said, said.contains("transaction("));
        Expect.equal("what it is asked", List.of("0"), rows(object, "PRAGMA user_version"));
    }

    private static String marks(int count) {
        return "?,".repeat(count - 1) + "?";
    }

    private static Object[] numbers(int count) {
        return IntStream.range(0, count).boxed().toArray();
    }

    private static String repeated(int count, String what, String between) {
        return IntStream.range(0, count).mapToObj(i -> what).collect(Collectors.joining(between));
    }

    private static String columns(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    }

    private static String padded(int bytes) {
        String statement = "SELECT 1 /*";
        return statement + "x".repeat(bytes - statement.length() - 2) + "*/, 2";
    }

    private static void bounds(ObjectBench bench, TestClock clock) {
        ObjectRef<Probe> object = ObjectScene.on(bench, clock).at("a");
        exec(object, "CREATE TABLE t (v)");
        object.call(probe -> {
            ObjectSql sql = probe.storage().sql();
            fits(sql, "SELECT coalesce(" + marks(30) + ")", numbers(30));
            fits(sql, "SELECT 1 IN (" + marks(100) + ")", numbers(100));
            over(sql, "101 bindings", "SELECT 1 IN (" + marks(101) + ")", numbers(101));
            fits(sql, padded(100_000 - 3));
            over(sql, "a statement of 100,001 bytes", padded(100_001 - 3));
            fits(sql, "INSERT INTO t VALUES (?)", new byte[1_999_900]);
            over(sql, "a blob of 2,000,001 bytes", "SELECT ?", new byte[2_000_001]);
            over(sql, "a row that is made too long", "INSERT INTO t SELECT v || v FROM t");
            fits(sql, "SELECT 'a' LIKE ?", "%".repeat(50));
            over(sql, "a pattern of 51 bytes", "SELECT 'a' LIKE ?", "%".repeat(51));
            over(sql, "a pattern of 51 bytes", "SELECT 'a' GLOB ?", "*".repeat(51));
            fits(sql, repeated(5, "SELECT 1", " UNION "));
            over(sql, "a UNION of 6", repeated(6, "SELECT 1", " UNION "));
            fits(sql, "CREATE TABLE wide (" + columns(100) + ")");
            over(sql, "101 columns", "CREATE TABLE wider (" + columns(101) + ")");
            fits(sql, "SELECT max(" + repeated(32, "1", ",") + ")");
            over(sql, "33 arguments", "SELECT max(" + repeated(33, "1", ",") + ")");
            fits(sql, "SELECT " + repeated(99, "1", "+"));
            over(sql, "an expression 101 deep", "SELECT " + repeated(101, "1", "+"));
            return true;
        });
    }

    private static void fits(ObjectSql sql, String statement, @Nullable Object... bindings) {
        sql.exec(statement, bindings).toList(row -> row.getObject(1) == null);
    }

    private static void over(
            ObjectSql sql, String what, String statement, @Nullable Object... bindings) {
        refused(what, ObjectFault.SQL_LIMIT, () -> fits(sql, statement, bindings));
    }

    private static void commitsTogether(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        exec(object, "CREATE TABLE t (k INTEGER PRIMARY KEY)");
        for (String how : List.of("kept", "thrown", "lost")) {
            try {
                object.call(probe -> {
                    probe.storage().sql().exec("INSERT INTO t VALUES (NULL)");
                    probe.storage().put(A, how);
                    probe.self().setAlarm(scene.in(Duration.ofHours(how.length())));
                    if (how.equals("thrown")) {
                        throw new IllegalStateException("thrown");
                    }
                    if (how.equals("lost")) {
                        probe.self()
                                .inCommit(() -> {
                                    throw new IllegalStateException("lost");
                                });
                    }
                    return true;
                });
                Expect.equal("what is answered", "kept", how);
            } catch (IllegalStateException failed) {
                Expect.equal("what is thrown", how, failed.getMessage());
            }
        }
        for (boolean asleep : new boolean[] {false, true}) {
            if (asleep) {
                scene.evict(object);
            }
            Expect.equal("rows", List.of("1"), rows(object, "SELECT count(*) FROM t"));
            Expect.equal("a", Optional.of("kept"), ObjectScene.text(object, A));
            Expect.equal(
                    "the alarm",
                    Optional.of(scene.in(Duration.ofHours(4))),
                    object.call(probe -> probe.self().alarm()));
        }
    }

    private static void undoesTogether(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        IllegalStateException thrown = new IllegalStateException("inner");
        object.call(probe -> {
            ObjectStorage storage = probe.storage();
            storage.transaction(() -> {
                // The first use is inside: what undoes it must begin here, too.
                storage.sql().exec("CREATE TABLE t (v); INSERT INTO t VALUES ('outer')");
                Expect.refused(
                        "the inner one",
                        IllegalStateException.class,
                        () ->
                                storage.transaction(() -> {
                                    storage.sql().exec("INSERT INTO t VALUES ('inner')");
                                    storage.put(A, "inner");
                                    throw thrown;
                                }));
                return true;
            });
            storage.sql().exec("INSERT INTO t VALUES ('after')");
            Expect.refused(
                    "the second",
                    IllegalStateException.class,
                    () ->
                            storage.transaction(() -> {
                                storage.sql().exec("DELETE FROM t");
                                throw thrown;
                            }));
            return true;
        });
        scene.evict(object);
        Expect.equal("rows", List.of("outer", "after"), rows(object, "SELECT v FROM t"));
        Expect.equal("a", Optional.empty(), ObjectScene.text(object, A));
    }

    private static void answers(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        ObjectRows leaked =
                object.call(probe -> {
                    ObjectSql sql = probe.storage().sql();
                    sql.exec("CREATE TABLE t (k INTEGER PRIMARY KEY, v)");
                    Expect.equal(
                            "rows written",
                            3L,
                            sql.exec("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')")
                                    .written());
                    ObjectRows rows = sql.exec("SELECT k, v AS value FROM t WHERE k > ?", 1);
                    Expect.equal("columns", List.of("k", "value"), rows.columns());
                    Expect.equal("the first", Optional.of(2L), rows.next(row -> row.getLong(1)));
                    Expect.equal("the rest", List.of("c"), rows.toList(row -> row.getString(2)));
                    Expect.equal("the end", Optional.empty(), rows.next(row -> row.getLong(1)));
                    Expect.equal(
                            "the only one",
                            "b",
                            sql.exec("SELECT v FROM t WHERE k = 2").one(row -> row.getString(1)));
                    refused(
                            "one of none",
                            ObjectFault.NOT_ONE_ROW,
                            () -> sql.exec("SELECT v FROM t WHERE k = 9").one(row -> true));
                    refused(
                            "one of three",
                            ObjectFault.NOT_ONE_ROW,
                            () -> sql.exec("SELECT v FROM t").one(row -> true));
                    ObjectRows cut = sql.exec("SELECT k FROM t");
                    probe.storage().sync();
                    refused(
                            "reading on after a sync",
                            ObjectFault.MISPLACED,
                            () -> cut.next(row -> true));
                    return sql.exec("SELECT k FROM t");
                });
        refused("reading on after the turn", ObjectFault.MISPLACED, () -> leaked.next(row -> true));
    }

    private static void keepsValues(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        long exact = (1L << 53) + 1;
        byte[] bytes = {0, -1, 7};
        exec(object, "CREATE TABLE t (n, t, b, r, z)");
        exec(object, "INSERT INTO t VALUES (?, ?, ?, ?, ?)", exact, "\0é🦀'", bytes, 0.1, null);
        scene.evict(object);
        Expect.that(
                "every value is the same",
                object.call(probe ->
                        probe.storage()
                                .sql()
                                .exec("SELECT n, b, r, z, length(hex(t)) FROM t")
                                .one(row ->
                                        row.getLong(1) == exact
                                                && Arrays.equals(bytes, row.getBytes(2))
                                                && row.getDouble(3) == 0.1
                                                && row.getObject(4) == null
                                                && row.getLong(5) == 16)));
    }

    private static void separates(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        String names = "SELECT name FROM sqlite_schema ORDER BY name";
        for (String name : List.of("a", "../a", "a'; DROP TABLE t; --", "\0", "🦀")) {
            ObjectRef<Probe> object = scene.at(name);
            Expect.equal("tables of a new one", List.of(), rows(object, names));
            exec(object, "CREATE TABLE \"flowir_objects\" (v); CREATE TABLE \"../\" (v)");
            exec(object, "INSERT INTO flowir_objects VALUES (?)", name);
        }
        ObjectRef<Probe> first = scene.at("a");
        Expect.equal("its tables", List.of("../", "flowir_objects"), rows(first, names));
        Expect.equal("its rows", List.of("a"), rows(first, "SELECT v FROM flowir_objects"));
        exec(first, "DROP TABLE flowir_objects");
        scene.evict(first);
        Expect.equal("what is left", List.of("../"), rows(first, names));
        Expect.equal(
                "the other's",
                List.of("../a"),
                rows(scene.at("../a"), "SELECT v FROM flowir_objects"));
    }

    private static void readersRead(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        exec(object, "CREATE TABLE t (v); INSERT INTO t VALUES (1)");
        refused(
                "a write by a reader",
                ObjectFault.READ_ONLY,
                () ->
                        scene.seen("a")
                                .read(seen -> {
                                    seen.self().storage().sql().exec("DELETE FROM t");
                                    return true;
                                }));
        Expect.equal(
                "what a reader reads",
                1L,
                (Object)
                        scene.seen("a")
                                .read(seen ->
                                        seen.self()
                                                .storage()
                                                .sql()
                                                .exec("SELECT count(*) FROM t")
                                                .one(row -> row.getLong(1))));
        exec(object, "INSERT INTO t VALUES (2)");
        Expect.equal("rows", List.of("2"), rows(object, "SELECT count(*) FROM t"));
    }

    private static void deletesTables(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        exec(object, "CREATE TABLE t (v); INSERT INTO t VALUES (1)");
        Expect.refused(
                "the call",
                IllegalStateException.class,
                () ->
                        object.call(probe -> {
                            probe.storage().deleteAll();
                            probe.storage().sql().exec("CREATE TABLE other (v)");
                            throw new IllegalStateException("changed its mind");
                        }));
        Expect.equal("rows of before", List.of("1"), rows(object, "SELECT v FROM t"));
        Expect.equal(
                "the size after it",
                0L,
                object.call(probe -> {
                    probe.storage().deleteAll();
                    return probe.storage().sql().databaseBytes();
                }));
        exec(object, "CREATE TABLE t (w); INSERT INTO t VALUES (2)");
        scene.evict(object);
        Expect.equal("rows of after", List.of("2"), rows(object, "SELECT w FROM t"));
    }

    private static void tellsWhatIsWrong(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        ObjectRef<Probe> object = scene.at("a");
        object.call(probe -> {
            ObjectSql sql = probe.storage().sql();
            sql.exec(
                    "CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT NOT NULL);"
                            + " INSERT INTO t VALUES (1, 'a;b'); INSERT INTO t VALUES (2, ?);",
                    "c");
            refused("no statement", ObjectFault.BAD_SQL, () -> sql.exec(" -- nothing\n"));
            refused("bad syntax", ObjectFault.BAD_SQL, () -> sql.exec("SELEC 1"));
            refused("no such table", ObjectFault.BAD_SQL, () -> sql.exec("SELECT * FROM no"));
            refused("a binding too few", ObjectFault.BAD_SQL, () -> sql.exec("SELECT ?"));
            refused("a binding too many", ObjectFault.BAD_SQL, () -> sql.exec("SELECT 1", 1));
            refused(
                    "a key twice",
                    ObjectFault.SQL_CONSTRAINT,
                    () -> sql.exec("INSERT INTO t VALUES (1, 'd')"));
            refused(
                    "nothing where something must be",
                    ObjectFault.SQL_CONSTRAINT,
                    () -> sql.exec("INSERT INTO t VALUES (3, NULL)"));
            return true;
        });
        scene.evict(object);
        Expect.equal("rows", List.of("a;b", "c"), rows(object, "SELECT v FROM t ORDER BY k"));
        Expect.refused(
                "a call whose transaction SQLite ended",
                ObjectException.class,
                () ->
                        object.call(probe -> {
                            ObjectSql sql = probe.storage().sql();
                            sql.exec("DELETE FROM t WHERE k = 2");
                            refused(
                                    "a key twice",
                                    ObjectFault.SQL_CONSTRAINT,
                                    () -> sql.exec("INSERT OR ROLLBACK INTO t VALUES (1, 'd')"));
                            probe.storage().put(A, "kept alone");
                            return true;
                        }));
        Expect.equal("rows", List.of("a;b", "c"), rows(object, "SELECT v FROM t ORDER BY k"));
        Expect.equal("a", Optional.empty(), ObjectScene.text(object, A));
    }

    private static void survives(ObjectBench bench, TestClock clock) {
        ObjectScene scene = ObjectScene.on(bench, clock);
        exec(scene.at("a"), "CREATE TABLE t (k INTEGER PRIMARY KEY, v)");
        for (int i = 0; i < 40; i++) {
            exec(scene.at("a"), "INSERT INTO t VALUES (?, zeroblob(3000))", i);
            if (i % 10 == 9) {
                scene.restart();
                Expect.equal(
                        "rows",
                        List.of(Integer.toString(i + 1)),
                        rows(scene.at("a"), "SELECT count(*) FROM t"));
            }
        }
        Expect.equal("its state", List.of("ok"), rows(scene.at("a"), "PRAGMA integrity_check"));
    }
}
