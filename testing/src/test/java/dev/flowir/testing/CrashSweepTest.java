package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Queues;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The process ends at every write in turn, and nobody can tell. */
class CrashSweepTest {

    private static final Node<Integer, Integer> DEDUCT =
            Node.effect(
                    "deduct",
                    Integer.class,
                    Integer.class,
                    Sql.writer("shop"),
                    (sql, n, context) -> {
                        sql.run("UPDATE stock SET left_over = left_over - ?", n);
                        return n;
                    });

    private static final Node<Integer, Integer> BOOK =
            Node.effect(
                    "book",
                    Integer.class,
                    Integer.class,
                    Sql.writer("shop"),
                    (sql, n, context) -> {
                        sql.run("INSERT INTO booked VALUES (?, ?)", context.node(), n);
                        return n + 1;
                    });

    private static final Node<Integer, Integer> CALL =
            Node.effect(
                    "call",
                    Integer.class,
                    Integer.class,
                    Outside.TOKEN,
                    (outside, n, context) -> outside.call(context, n));

    private static SqlProvider shop(Store store) {
        store.execute(tx -> {
            tx.run("CREATE TABLE stock (left_over INTEGER)");
            tx.run("INSERT INTO stock VALUES (100)");
            tx.run("CREATE TABLE booked (who TEXT, n INTEGER)");
        });
        return SqlProvider.on("shop", store);
    }

    private static Object shelves(Store store) {
        return store.read(tx ->
                List.of(
                        tx.query("SELECT left_over FROM stock", row -> row.getLong(1)),
                        tx.query(
                                "SELECT who, n FROM booked ORDER BY who, n",
                                row -> row.getString(1) + row.getLong(2))));
    }

    @Test
    void whatIsInTheStoreHappensExactlyOnce() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "order",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.then(g.then(g.then(in, DEDUCT), BOOK), BOOK.named("book2")));
        FlowTest<Integer, Integer> test =
                FlowTest.of(flow, 7)
                        .capabilities(store -> Capabilities.of(shop(store)))
                        .observing(CrashSweepTest::shelves);
        assertTrue(test.run().contains("[[93], [book7, book28]]"), test.run());
        assertEquals(1 + 4 * 5, test.sweep());
        test.storm(1, 40);
    }

    @Test
    void sqlAndQueueCommitWithTheRecord() {
        Node<Integer, Integer> both =
                Node.effect(
                        "both",
                        Integer.class,
                        Integer.class,
                        Sql.writer("shop"),
                        Queues.publisher("jobs"),
                        (sql, queue, n, context) -> {
                            sql.run("UPDATE stock SET left_over = left_over - ?", n);
                            queue.send(Body.text("job " + n));
                            return n;
                        });
        Flow<Integer, Integer> flow =
                Flow.define("two", "1.0.0", Integer.class, (g, in) -> g.then(in, both));
        FlowTest.of(flow, 1)
                .capabilities(store -> {
                    Broker broker = Broker.sqlite(store, BrokerOptions.defaults());
                    broker.declare("jobs", QueueSettings.defaults());
                    return Capabilities.of(shop(store), broker.bind("jobs", "jobs"));
                })
                .observing(store ->
                        List.of(
                                shelves(store),
                                store.read(tx ->
                                        tx.query(
                                                "SELECT count(*) FROM flowir_queue_messages",
                                                row -> row.getLong(1)))))
                .sweep();
    }

    @Test
    void branchesListsJoinsSleepsEventsAndRetriesSurvive() {
        Node<Integer, List<Integer>> split =
                Node.split("split", Integer.class, Integer.class, n -> List.of(n, n + 1, n + 2));
        Flow<Integer, Integer> flow =
                Flow.define(
                        "wide",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var list = g.each(g.then(in, split), 2, CALL);
                            var slept =
                                    g.then(
                                            g.then(in, BOOK),
                                            Waits.sleep("nap", Integer.class, Duration.ofDays(30)));
                            var said =
                                    g.then(
                                            slept,
                                            Waits.signal(
                                                    "answer",
                                                    Integer.class,
                                                    Integer.class,
                                                    "answer",
                                                    Duration.ofHours(2)));
                            var flaky =
                                    g.then(
                                            said,
                                            CALL.named("flaky")
                                                    .with(retry(5, Duration.ofMinutes(10))));
                            return g.join(
                                    "sum",
                                    list,
                                    g.then(flaky, BOOK.named("late")),
                                    Integer.class,
                                    (all, n) -> all.stream().mapToInt(it -> it).sum() + n);
                        });
        FlowTest<Integer, Integer> test =
                FlowTest.of(flow, 10)
                        .in(() -> {
                            Outside outside = new Outside();
                            outside.failing("flaky", 2);
                            return new FlowTest.World(
                                    store -> Capabilities.of(shop(store), outside),
                                    CrashSweepTest::shelves);
                        })
                        .signal("answer", 5);
        int tries = test.sweep();
        assertTrue(tries > 50, "tries: " + tries);
        test.storm(1000, 60);
    }

    @Test
    void aFlowThatIsNotFaithfulIsFound() {
        AtomicInteger tries = new AtomicInteger();
        Node<Integer, Integer> counts =
                Node.pure("counts", Integer.class, Integer.class, n -> tries.incrementAndGet());
        Flow<Integer, Integer> flow =
                Flow.define(
                        "unfaithful",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.then(g.then(in, counts), BOOK));
        AssertionError found =
                assertThrows(
                        AssertionError.class,
                        () ->
                                FlowTest.of(flow, 1)
                                        .capabilities(store -> Capabilities.of(shop(store)))
                                        .observing(CrashSweepTest::shelves)
                                        .sweep());
        assertTrue(found.getMessage().contains("BEFORE write 1"), found.getMessage());
        AssertionError again =
                assertThrows(
                        AssertionError.class,
                        () ->
                                FlowTest.of(flow, 1)
                                        .capabilities(store -> Capabilities.of(shop(store)))
                                        .observing(CrashSweepTest::shelves)
                                        .storm(1, 20));
        assertTrue(again.getMessage().contains("seed "), again.getMessage());
    }
}
