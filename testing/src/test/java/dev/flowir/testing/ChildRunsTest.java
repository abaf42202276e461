package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRun;
import dev.flowir.durable.RunView;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs that other runs begin, wait for, and take with them. */
class ChildRunsTest {

    private static Node<Integer, Integer> step(String name) {
        return Node.effect(
                name,
                Integer.class,
                Integer.class,
                Outside.TOKEN,
                (outside, n, context) -> outside.call(context, n) + 1);
    }

    private static final Flow<Integer, Integer> SHIP =
            Flow.define(
                    "ship",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var packed = g.then(in, step("pack"));
                        var waited =
                                g.then(
                                        packed,
                                        Waits.sleep("night", Integer.class, Duration.ofDays(30)));
                        return g.then(waited, step("send"));
                    });

    private static final Flow<Integer, Integer> ORDER =
            Flow.define(
                    "order",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(g.then(in, step("pay")), Waits.flow("ship", SHIP)),
                                    step("mail")));

    private static final Flow<Integer, List<Integer>> PARCELS =
            Flow.define(
                    "parcels",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.each(
                                    g.then(
                                            in,
                                            Node.split(
                                                    "split",
                                                    Integer.class,
                                                    Integer.class,
                                                    n -> List.of(n, n + 10, n + 20))),
                                    2,
                                    Waits.flow("ship", SHIP)));

    private final Outside outside = new Outside();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(ORDER, PARCELS).capabilities(store -> Capabilities.of(outside));

    private List<RunView> runs() {
        return bench.runtime().list(List.of(RunState.values()), 10);
    }

    private RunView child() {
        return runs().stream().filter(it -> it.flow().equals("ship")).findFirst().orElseThrow();
    }

    @Test
    void aRunGoesOnWithWhatTheOtherGave() {
        DurableRun<Integer> run = bench.runtime().start(ORDER, "run", 1);
        bench.settle();
        assertEquals(RunState.WAITING, run.view().state());
        assertTrue(child().id().startsWith("run-ship-"), child().id());
        assertEquals("ship", bench.runtime().inspect("run").waiting().get(0).node());
        assertEquals(0, bench.runtime().loaded());
        bench.kill();
        assertEquals(new Result.Value<>(5), bench.result(run));
        assertEquals(List.of("pay#1", "pack#1", "send#1", "mail#1"), outside.calls());
        assertEquals(2, runs().size());
    }

    @Test
    void eachItemHasARunOfItsOwn() {
        DurableRun<List<Integer>> run = bench.runtime().start(PARCELS, "run", 1);
        bench.settle();
        assertEquals(3, runs().size());
        assertEquals(new Result.Value<>(List.of(3, 13, 23)), bench.result(run));
        assertEquals(4, runs().size());
    }

    @Test
    void whenTheOtherFailsTheNodeDoes() {
        outside.throwing("send", new NonRetryableException("no van"));
        DurableRun<Integer> run = bench.runtime().start(ORDER, "run", 1);
        String message = DurableRunsTest.assertFailed(bench.result(run)).message();
        assertTrue(message.contains("node 'ship'"), message);
        assertTrue(message.contains("ChildFailed: run 'run-ship-"), message);
        assertTrue(message.contains("no van"), message);
    }

    @Test
    void whoEndsARunEndsThoseThatItBegan() {
        bench.runtime().start(ORDER, "run", 1);
        bench.settle();
        bench.runtime().terminate("run", "enough");
        bench.kill();
        bench.advance(Duration.ofMillis(1));
        assertEquals(RunState.TERMINATED, child().state());
        bench.advance(Duration.ofDays(60));
        assertEquals(List.of("pay#1", "pack#1"), outside.calls());
    }

    @Test
    void whoEndsTheOtherFailsTheNode() {
        DurableRun<Integer> run = bench.runtime().start(ORDER, "run", 1);
        bench.settle();
        bench.runtime().terminate(child().id(), "lost");
        String message = DurableRunsTest.assertFailed(bench.result(run)).message();
        assertTrue(message.contains("lost"), message);
    }

    @Test
    void aPausedRunLooksWhenItIsResumed() {
        bench.runtime().start(ORDER, "run", 1);
        bench.settle();
        bench.runtime().pause("run");
        bench.advance(Duration.ofDays(40));
        assertEquals(RunState.COMPLETED, child().state());
        assertEquals(List.of("pay#1", "pack#1", "send#1"), outside.calls());
        bench.runtime().resume("run");
        bench.advance(Duration.ofMillis(1));
        assertEquals(4, outside.calls().size());
    }

    @Test
    void aRestartBeginsAnotherOne() {
        bench.runtime().start(ORDER, "run", 1);
        bench.advance(Duration.ofDays(31));
        bench.runtime().restart("run");
        bench.settle();
        assertEquals(3, runs().size());
        bench.advance(Duration.ofDays(31));
        assertEquals(8, outside.calls().size());
    }

    @Test
    void aCrashAtEachWriteChangesNothing() {
        FlowTest<Integer, Integer> order =
                FlowTest.of(ORDER, 1)
                        .in(() -> {
                            Outside world = new Outside();
                            return new FlowTest.World(
                                    store -> Capabilities.of(world),
                                    store -> List.of(world.keys("send"), world.keys("mail")));
                        });
        assertTrue(order.run().contains("output=5"), order.run());
        assertTrue(order.sweep() > 20);
    }

    @Test
    void aCrashAtEachWriteChangesNothingWhenTheOtherFails() {
        FlowTest.of(ORDER, 1)
                .in(() -> {
                    Outside world = new Outside();
                    world.onEveryCall(
                            "pack",
                            () -> {
                                throw new NonRetryableException("broken");
                            });
                    return new FlowTest.World(
                            store -> Capabilities.of(world), store -> world.keys("send"));
                })
                .sweep();
    }
}
