package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static dev.flowir.ir.NodeOption.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRun;
import dev.flowir.durable.RunView;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a failed run did is undone; numbers are those of the platform's table. */
class CompensationTest {

    private static Node<Integer, Integer> step(String name, NodeOption... undoOptions) {
        return Node.effect(
                        name,
                        Integer.class,
                        Integer.class,
                        Outside.TOKEN,
                        (outside, n, context) -> outside.call(context, n) + 1)
                .undoneBy(
                        "undo-" + name,
                        Outside.TOKEN,
                        (outside, done, context) ->
                                outside.undo(context, done.input() + "->" + done.output()),
                        undoOptions);
    }

    private static final Flow<Integer, Integer> CHAIN =
            Flow.define(
                    "chain",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> g.then(g.then(g.then(in, step("a")), step("b")), step("c")));

    private static final Flow<Integer, Integer> SIDES =
            Flow.define(
                    "sides",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.join(
                                            "both",
                                            g.then(in, step("a")),
                                            g.then(in, step("b")),
                                            Integer.class,
                                            Integer::sum),
                                    Node.effect(
                                            "last",
                                            Integer.class,
                                            Integer.class,
                                            Outside.TOKEN,
                                            (outside, n, context) -> outside.call(context, n))));

    private static final Flow<Integer, Integer> WAITS =
            Flow.define(
                    "waits",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(in, step("a", timeout(Duration.ofSeconds(5)))),
                                    Waits.sleep("nap", Integer.class, Duration.ofDays(1))));

    private final Outside outside = new Outside();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(CHAIN, SIDES, WAITS).capabilities(store -> Capabilities.of(outside));

    private RunView view(String id) {
        return bench.runtime().find(id).orElseThrow();
    }

    private static Runnable fails(String why) {
        return () -> {
            throw new NonRetryableException(why);
        };
    }

    @Test
    void wf32_theLastIsUndoneFirstAndTheOneThatFailedToo() {
        outside.onEveryCall("c", fails("no more"));
        DurableRun<Integer> run = bench.runtime().start(CHAIN, "run", 1);
        String message = DurableRunsTest.assertFailed(bench.result(run)).message();
        assertEquals(
                List.of(
                        "undo-c 3->Optional.empty",
                        "undo-b 2->Optional[3]",
                        "undo-a 1->Optional[2]"),
                outside.undone());
        assertEquals(RunState.FAILED, view("run").state());
        assertTrue(message.contains("no more"), message);
        assertTrue(message.endsWith("; undone: c, b, a"), message);
    }

    @Test
    void wf33_branchesAreUndoneInReverseOrderOfTheirStarts() {
        outside.onEveryCall("last", fails("no"));
        DurableRun<Integer> run = bench.runtime().start(SIDES, "run", 1);
        DurableRunsTest.assertFailed(bench.result(run));
        assertEquals(List.of("undo-b 1->Optional[2]", "undo-a 1->Optional[2]"), outside.undone());
    }

    @Test
    void wf34_whatCannotBeUndoneEndsItAndTheFirstErrorStands() {
        outside.onEveryCall("c", fails("no more"));
        outside.onEveryCall("undo-b", fails("stuck"));
        DurableRun<Integer> run = bench.runtime().start(CHAIN, "run", 1);
        String message = DurableRunsTest.assertFailed(bench.result(run)).message();
        assertTrue(message.contains("node 'c'"), message);
        assertTrue(
                message.endsWith(
                        "; undone: c; could not undo b: NonRetryableException: stuck;"
                                + " not undone: a"),
                message);
    }

    @Test
    void anUndoIsRepeatedFiveTimesUnlessItSaysOtherwise() {
        outside.onEveryCall("c", fails("no more"));
        outside.failing("undo-b", 5);
        DurableRun<Integer> run = bench.runtime().start(CHAIN, "run", 1);
        var before = bench.clock().instant();
        DurableRunsTest.assertFailed(bench.result(run));
        assertEquals(3, outside.undone().size());
        assertEquals(31, Duration.between(before, bench.clock().instant()).toSeconds());
        assertEquals(1, outside.keys("undo-b").size());
    }

    @Test
    void wf35_aRunThatSucceedsOrIsJustEndedIsNotUndone() {
        DurableRun<Integer> run = bench.runtime().start(CHAIN, "run", 1);
        bench.result(run);
        bench.runtime().start(WAITS, "ended", 1);
        bench.settle();
        bench.runtime().terminate("ended", "enough");
        bench.settle();
        assertEquals(RunState.COMPLETED, view("run").state());
        assertEquals(RunState.TERMINATED, view("ended").state());
        assertEquals(List.of(), outside.undone());
    }

    @Test
    void aRunThatIsEndedToBeUndoneIs() {
        bench.runtime().start(WAITS, "run", 1);
        bench.settle();
        bench.runtime().terminateAndUndo("run", "changed my mind");
        bench.kill();
        bench.settle();
        assertEquals(List.of("undo-a 1->Optional[2]"), outside.undone());
        assertEquals(RunState.TERMINATED, view("run").state());
        assertTrue(view("run").failure().orElseThrow().endsWith("; undone: a"));
        assertEquals(
                JournalFault.WRONG_STATE,
                assertThrows(
                                JournalException.class,
                                () -> bench.runtime().terminateAndUndo("run", "again"))
                        .fault());
    }

    @Test
    void aPauseHoldsWhatUndoesUntilTheRunResumes() {
        outside.onEveryCall("c", fails("no more"));
        outside.onCall("undo-c#1", () -> bench.runtime().pause("run"));
        bench.runtime().start(CHAIN, "run", 1);
        bench.settle();
        assertEquals(1, outside.undone().size());
        assertEquals(RunState.PAUSED, view("run").state());
        bench.kill();
        bench.advance(Duration.ofDays(1));
        assertEquals(1, outside.undone().size());
        bench.runtime().resume("run");
        bench.settle();
        assertEquals(3, outside.undone().size());
    }

    @Test
    void endingARunThatIsBeingUndoneLeavesTheRest() {
        outside.onEveryCall("c", fails("no more"));
        outside.onCall("undo-b#1", () -> bench.runtime().terminate("run", "leave it"));
        bench.runtime().start(CHAIN, "run", 1);
        bench.settle();
        assertEquals(RunState.FAILED, view("run").state());
        String failure = view("run").failure().orElseThrow();
        assertTrue(
                failure.endsWith(
                        "undone: c; could not undo b: ended from outside: leave it;"
                                + " not undone: a"),
                failure);
    }

    @Test
    void aProcessLostWhileUndoingUsesUpAnAttempt() {
        outside.onEveryCall("c", fails("no more"));
        outside.onEveryCall("undo-b", bench::kill);
        bench.runtime().start(CHAIN, "run", 1);
        for (int i = 0; i < 10; i++) {
            bench.settle();
        }
        String failure = view("run").failure().orElseThrow();
        assertTrue(failure.contains("could not undo b: its process was lost 6 times"), failure);
        assertEquals(1, outside.calls().stream().filter("undo-c#1"::equals).count());
    }

    private static final Node<Integer, Integer> DEDUCT =
            Node.effect(
                            "deduct",
                            Integer.class,
                            Integer.class,
                            Sql.writer("shop"),
                            (sql, n, context) -> {
                                sql.run("UPDATE stock SET left_over = left_over - ?", n);
                                return n;
                            })
                    .undoneBy(
                            "put-back",
                            Sql.writer("shop"),
                            (sql, done, context) ->
                                    sql.run(
                                            "UPDATE stock SET left_over = left_over + ?",
                                            done.output().orElse(0)));

    private static SqlProvider shop(Store store) {
        store.execute(tx -> {
            tx.run("CREATE TABLE stock (left_over INTEGER)");
            tx.run("INSERT INTO stock VALUES (100)");
        });
        return SqlProvider.on("shop", store);
    }

    private static FlowTest.World world(Outside outside, String... failing) {
        outside.onEveryCall("c", fails("no more"));
        for (String node : failing) {
            outside.onEveryCall(node, fails("stuck"));
        }
        outside.failing("undo-c", 1);
        return new FlowTest.World(
                store -> Capabilities.of(shop(store), outside),
                store ->
                        List.of(
                                store.read(tx ->
                                        tx.query(
                                                "SELECT left_over FROM stock",
                                                row -> row.getLong(1))),
                                outside.keys("undo-c"),
                                outside.keys("undo-b")));
    }

    private static final Flow<Integer, Integer> MIXED =
            Flow.define(
                    "mixed",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var kept = g.then(g.then(in, DEDUCT), step("b"));
                        return g.then(g.then(kept, DEDUCT.named("more")), step("c"));
                    });

    @Test
    void wf36_aCrashAtEachWriteOfASagaChangesNothing() {
        FlowTest<Integer, Integer> test = FlowTest.of(MIXED, 7).in(() -> world(new Outside()));
        assertTrue(test.run().contains("undone: c, more, b, deduct"), test.run());
        assertTrue(test.run().contains("[[100], "), test.run());
        assertTrue(test.sweep() > 25);
    }

    @Test
    void wf36_aCrashAtEachWriteOfASagaThatGetsStuckChangesNothing() {
        FlowTest<Integer, Integer> test =
                FlowTest.of(MIXED, 7).in(() -> world(new Outside(), "undo-b"));
        assertTrue(test.run().contains("could not undo b"), test.run());
        assertTrue(test.run().contains("not undone: deduct"), test.run());
        test.sweep();
    }

    @Test
    void whatChangesNothingIsNeitherUndoneNorUndoes() {
        Node<Integer, Integer> pure = Node.pure("pure", Integer.class, Integer.class, n -> n);
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> pure.undoneBy("undo", Outside.TOKEN, (outside, done, context) -> {}));
        assertTrue(refused.getMessage().contains("changes nothing"), refused.getMessage());
    }

    @Test
    void aRuntimeThatIsNotDurableRefusesWhatItWouldNotUndo() {
        try (Runtime runtime = Runtime.builder().capabilities(Capabilities.of(outside)).build()) {
            String message = DurableRunsTest.assertFailed(runtime.run(CHAIN, 1)).message();
            assertTrue(message.contains("only durable runs do"), message);
        }
    }

    @Test
    void anUndoMayHaveItsOwnRetriesAndTimeLimit() {
        Flow<Integer, Integer> once =
                Flow.define(
                        "once",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.then(in, step("c", retry(0, Duration.ZERO))));
        outside.onEveryCall("c", fails("no more"));
        outside.failing("undo-c", 1);
        DurableRun<Integer> run = bench.runtime().start(once, "once", 1);
        String message = DurableRunsTest.assertFailed(bench.result(run)).message();
        assertTrue(message.endsWith("could not undo c: IllegalStateException: not now"), message);
    }
}
