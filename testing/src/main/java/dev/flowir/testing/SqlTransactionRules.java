package dev.flowir.testing;

import static dev.flowir.testing.SqlContract.insert;
import static dev.flowir.testing.SqlContract.keys;
import static dev.flowir.testing.SqlContract.mentions;
import static dev.flowir.testing.SqlContract.prepared;
import static dev.flowir.testing.SqlContract.put;
import static dev.flowir.testing.SqlContract.refused;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlException;
import dev.flowir.sql.SqlFault;
import dev.flowir.sql.SqlReader;
import dev.flowir.sql.SqlResult;
import dev.flowir.sql.SqlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Rules of the SQL contract about what is kept together, by whom, and for how long. */
final class SqlTransactionRules {

    private static final int THREADS = 8;
    private static final int ROUNDS = 25;

    private SqlTransactionRules() {}

    static List<Rule<SqlBench>> rules() {
        return List.of(
                Rule.of(
                        "D1-01",
                        "a batch is kept as a whole or not at all, in order",
                        "a batch is one transaction; the third statement's failure undoes the first",
                        (bench, clock) -> batch(prepared(bench))),
                Rule.of(
                        "SQL-04",
                        "atomically is one transaction that an exception undoes",
                        "every call inside must use the transaction of its thread",
                        (bench, clock) -> atomically(prepared(bench))),
                Rule.of(
                        "SQL-05",
                        "what fails inside atomically and is caught is undone alone",
                        "a transaction inside one needs a savepoint",
                        (bench, clock) -> {
                            SqlWriter db = prepared(bench);
                            db.atomically(tx -> {
                                put(tx, "a", 1);
                                Expect.refused(
                                        "the inner batch",
                                        SqlException.class,
                                        () -> tx.batch(List.of(insert("b", 1), insert("a", 2))));
                                put(tx, "c", 1);
                                return true;
                            });
                            Expect.equal("keys", List.of("a", "c"), keys(db));
                        }),
                Rule.of(
                        "SQL-06",
                        "late writes of an attempt that was given up are refused",
                        "the fence of the scope is asked inside the transaction, before its commit",
                        SqlTransactionRules::fence),
                Rule.of(
                        "SQL-07",
                        "a reader's handle cannot write",
                        "a statement that only looks like a read; a handle that is a writer too",
                        (bench, clock) -> {
                            SqlWriter db = prepared(bench);
                            SqlReader reader = bench.reader();
                            Expect.that(
                                    "the reader's handle is no SqlWriter",
                                    !(reader instanceof SqlWriter));
                            refused(
                                    "DELETE by a reader",
                                    SqlFault.REFUSED,
                                    () -> reader.all("DELETE FROM t"));
                            refused(
                                    "INSERT by a reader",
                                    SqlFault.REFUSED,
                                    () -> reader.first("INSERT INTO t (k, v) VALUES ('x', 1)"));
                            Expect.equal("keys", List.of(), keys(db));
                        }),
                Rule.of(
                        "SQL-08",
                        "concurrent updates lose nothing",
                        "isolation: read, change and write of one call must not interleave",
                        (bench, clock) -> counting(prepared(bench))),
                Rule.of(
                        "SQL-09",
                        "the descriptor promises strong consistency",
                        "nodes that ask for it are refused by preflight otherwise",
                        (bench, clock) ->
                                Expect.equal(
                                        "consistency",
                                        Descriptor.Consistency.STRONG,
                                        bench.provider().descriptor().consistency())),
                Rule.<SqlBench>of(
                                "SQL-10",
                                "what was acknowledged is there after a restart",
                                "answers given before the commit is on the disk",
                                (bench, clock) -> {
                                    put(prepared(bench), "a", 1);
                                    bench.restart();
                                    SqlWriter db = bench.writer();
                                    Expect.equal("keys", List.of("a"), keys(db));
                                    put(db, "b", 1);
                                    Expect.equal("keys", List.of("a", "b"), keys(db));
                                })
                        .where("supportsRestart()", SqlBench::supportsRestart));
    }

    private static void batch(SqlWriter db) {
        SqlException failed =
                refused(
                        "a batch whose third statement violates a key",
                        SqlFault.CONSTRAINT,
                        () -> db.batch(List.of(insert("a", 1), insert("b", 1), insert("a", 2))));
        mentions(failed, "");
        Expect.equal("keys after the failure", List.of(), keys(db));
        List<SqlResult> results =
                db.batch(
                        List.of(
                                insert("a", 1),
                                Sql.statement("UPDATE t SET v = v + 1"),
                                Sql.statement("SELECT v FROM t")));
        Expect.equal("results", 3, results.size());
        Expect.equal("value seen last", 2L, results.get(2).rows().get(0).whole("v"));
    }

    private static void atomically(SqlWriter db) {
        IllegalStateException own = new IllegalStateException("of the work");
        IllegalStateException seen =
                Expect.refused(
                        "work that throws",
                        IllegalStateException.class,
                        () ->
                                db.atomically(tx -> {
                                    put(tx, "a", 1);
                                    Expect.equal("keys inside", List.of("a"), keys(tx));
                                    throw own;
                                }));
        Expect.that("the work's own exception reaches the caller", seen.equals(own));
        Expect.equal("keys after the failure", List.of(), keys(db));
        long answer =
                db.atomically(tx -> {
                    put(tx, "a", 1);
                    return tx.first("SELECT v FROM t").orElseThrow().whole("v") + 41;
                });
        Expect.equal("answer", 42L, answer);
        Expect.equal("keys", List.of("a"), keys(db));
    }

    private static void fence(SqlBench bench, TestClock clock) {
        SqlWriter db = prepared(bench);
        AtomicBoolean current = new AtomicBoolean(true);
        Token<SqlWriter> token = Sql.writer(bench.provider().binding());
        SqlWriter mine =
                bench.provider()
                        .handle(token, new Scope("flow", "run", "node", 1, "key", current::get));
        put(mine, "a", 1);
        Expect.refused(
                "an attempt that was given up in the middle",
                StaleAttemptException.class,
                () ->
                        mine.atomically(tx -> {
                            put(tx, "b", 1);
                            current.set(false);
                            return true;
                        }));
        Expect.refused("a late write", StaleAttemptException.class, () -> put(mine, "c", 1));
        Expect.equal("keys", List.of("a"), keys(db));
    }

    private static void counting(SqlWriter db) throws Exception {
        put(db, "n", 0);
        List<Future<Boolean>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                ends.add(
                        threads.submit(() -> {
                            for (int round = 0; round < ROUNDS; round++) {
                                increment(db);
                            }
                            return true;
                        }));
            }
        }
        for (Future<Boolean> end : ends) {
            end.get();
        }
        Expect.equal(
                "the counter",
                (long) THREADS * ROUNDS,
                db.first("SELECT v FROM t").orElseThrow().whole("v"));
    }

    /** A passing fault is a correct answer to a conflict; the caller tries again. */
    private static void increment(SqlWriter db) {
        while (true) {
            try {
                db.run("UPDATE t SET v = v + 1 WHERE k = ?", "n");
                return;
            } catch (SqlException e) {
                if (!e.fault().retryable()) {
                    throw e;
                }
            }
        }
    }
}
