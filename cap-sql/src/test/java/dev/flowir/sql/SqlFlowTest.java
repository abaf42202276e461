package dev.flowir.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Run;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SQL inside of flows. */
class SqlFlowTest {

    private static final Node<String, String> SAVE =
            Node.effect(
                    "save",
                    String.class,
                    String.class,
                    Sql.writer("db"),
                    (db, key, ctx) -> {
                        db.run("INSERT INTO t VALUES (?)", key);
                        return key;
                    });

    private static final Node<String, Long> COUNT =
            Node.reads(
                    "count",
                    String.class,
                    Long.class,
                    Sql.reader("db"),
                    (db, key, ctx) ->
                            db.first("SELECT count(*) AS n FROM t").orElseThrow().whole("n"));

    private static final Flow<String, Long> FLOW =
            Flow.define(
                    "saving", "1.0.0", String.class, (g, key) -> g.then(g.then(key, SAVE), COUNT));

    private final Store store = Store.inMemory(StoreOptions.defaults());
    private final SqlProvider sql = SqlProvider.on("db", store);
    private final Runtime runtime = Runtime.builder().capabilities(Capabilities.of(sql)).build();

    @BeforeEach
    void schema() {
        sql.outside("test").exec("CREATE TABLE t (k TEXT PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        runtime.close();
        store.close();
    }

    private List<String> keys() {
        return sql.outside("test").query("SELECT k FROM t ORDER BY k", row -> row.text("k"));
    }

    @Test
    void aFlowWritesAndReads() {
        assertEquals(1L, runtime.run(FLOW, "a").orThrow());
        assertEquals(2L, runtime.run(FLOW, "b").orThrow());
        assertInstanceOf(Result.Failed.class, runtime.run(FLOW, "a"));
    }

    @Test
    void aMissingBindingIsRefusedBeforeAnythingRuns() {
        try (Runtime elsewhere =
                Runtime.builder()
                        .capabilities(Capabilities.of(SqlProvider.on("other", store)))
                        .build()) {
            Failure refused = elsewhere.preflight(FLOW).orElseThrow();
            assertEquals("CAP101", refused.code());
        }
        assertEquals(List.of(), keys());
    }

    @Test
    void whatTheStoreDoesNotPromiseIsRefusedBeforeAnythingRuns() {
        Node<String, String> durable =
                Node.effect(
                        "durable",
                        String.class,
                        String.class,
                        Sql.writer("db").requiring(Guarantee.DURABILITY),
                        (db, key, ctx) -> key);
        Flow<String, String> flow =
                Flow.define("durable", "1.0.0", String.class, (g, key) -> g.then(key, durable));
        Failure.MissingCapabilities refused =
                assertInstanceOf(
                        Failure.MissingCapabilities.class, runtime.preflight(flow).orElseThrow());
        assertEquals(
                List.of("resource::db::write (sql.memory 'db' lacks durability)"), refused.hints());
    }

    @Test
    void nothingIsKeptOfARunThatWasCancelledInTheMiddle() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Node<String, String> slow =
                Node.effect(
                        "slow",
                        String.class,
                        String.class,
                        Sql.writer("db"),
                        (db, key, ctx) ->
                                db.atomically(tx -> {
                                    tx.run("INSERT INTO t VALUES (?)", key);
                                    inside.countDown();
                                    cancelled.await();
                                    tx.run("INSERT INTO t VALUES (?)", key + "2");
                                    return key;
                                }));
        Flow<String, String> flow =
                Flow.define("slow", "1.0.0", String.class, (g, key) -> g.then(key, slow));
        Run<String> run = runtime.start(flow, Invocation.of("a"));
        inside.await();
        run.cancel("by the test");
        cancelled.countDown();
        assertInstanceOf(Result.Failed.class, run.await());
        assertEquals(List.of(), keys());
    }
}
