package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs that are recorded with the caller's own transaction. */
class EnqueueTest {

    private static final Flow<Integer, Integer> FLOW =
            Flow.define(
                    "enqueued",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.effect(
                                            "a",
                                            Integer.class,
                                            Integer.class,
                                            Outside.TOKEN,
                                            (outside, n, context) -> outside.call(context, n))));

    private final Outside outside = new Outside();
    private final RecordingListener listener = new RecordingListener();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(FLOW)
                    .capabilities(store -> Capabilities.of(outside))
                    .listener(listener);

    @BeforeEach
    void table() {
        bench.store().execute(tx -> tx.run("CREATE TABLE orders (id TEXT)"));
    }

    private void order(String id) {
        bench.store()
                .execute(tx -> {
                    tx.run("INSERT INTO orders VALUES (?)", id);
                    assertTrue(bench.runtime().enqueue(FLOW, id, 1));
                });
    }

    private long orders() {
        return bench.store()
                .read(tx -> tx.first("SELECT count(*) FROM orders", row -> row.getLong(1)))
                .orElseThrow();
    }

    @Test
    void rowAndRunAreThereTogether() {
        bench.runtime();
        order("one");
        assertEquals(List.of(), outside.calls());
        bench.settle();
        assertEquals(1, orders());
        assertEquals(RunState.COMPLETED, bench.runtime().find("one").orElseThrow().state());
        assertEquals(List.of("a#1"), outside.calls());
        assertEquals(
                List.of("started one", "a#1 started", "a#1 COMPLETED", "ended one"),
                listener.heard());
    }

    @Test
    void whenTheTransactionIsUndoneThereIsNeither() {
        bench.runtime();
        assertThrows(
                IllegalStateException.class,
                () ->
                        bench.store()
                                .execute(tx -> {
                                    order("one");
                                    throw new IllegalStateException("changed its mind");
                                }));
        bench.settle();
        assertEquals(0, orders());
        assertTrue(bench.runtime().find("one").isEmpty());
        assertEquals(List.of(), outside.calls());
        order("one");
        bench.settle();
        assertEquals(List.of("a#1"), outside.calls());
    }

    @Test
    void aProcessThatEndsBeforeItBeginsLeavesItToTheNext() {
        bench.runtime();
        order("one");
        bench.kill();
        bench.settle();
        assertEquals(List.of("a#1"), outside.calls());
    }

    @Test
    void whoeverSeesTheRowSeesItsRecord() {
        bench.limits(DurableLimits.defaults().withMaxRunning(1));
        bench.runtime();
        order("one");
        bench.runtime().start(FLOW, "two", 1);
        bench.runtime().start(FLOW, "three", 1);
        List<Long> tails =
                bench.store()
                        .read(tx ->
                                tx.query(
                                        "SELECT tail FROM flowir_durable_runs WHERE state = 0",
                                        row -> row.getLong(1)));
        assertEquals(2, tails.size());
        assertTrue(tails.stream().allMatch(tail -> tail > 0), tails::toString);
    }

    @Test
    void anIdThatIsTakenStartsNothing() {
        bench.runtime();
        order("one");
        assertFalse(bench.runtime().enqueue(FLOW, "one", 2));
        bench.settle();
        assertFalse(bench.runtime().enqueue(FLOW, "one", 3));
        bench.settle();
        assertEquals(List.of("a#1"), outside.calls());
        Flow<Integer, Integer> other =
                Flow.define(
                        "other",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.pure("same", Integer.class, Integer.class, n -> n)));
        JournalException refused =
                assertThrows(
                        JournalException.class, () -> bench.runtime().enqueue(other, "one", 1));
        assertEquals(JournalFault.ALREADY_EXISTS, refused.fault());
    }
}
