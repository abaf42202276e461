package dev.flowir.testing;

import static dev.flowir.testing.Outside.step;
import static java.time.Duration.ofDays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.RunView;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Type;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Code that does something else than when it was recorded parks its run, with the node, what was
 * recorded and what is asked for now; once the code is what it was, the run goes on.
 */
class DivergenceTest {

    private final Outside outside = new Outside();
    private final AtomicInteger secret = new AtomicInteger(2);

    @RegisterExtension
    final DurableBench bench = new DurableBench().capabilities(store -> Capabilities.of(outside));

    private Node<Integer, List<Integer>> split() {
        return Node.split(
                "split",
                Integer.class,
                Integer.class,
                n -> {
                    List<Integer> items = new ArrayList<>();
                    for (int i = 0; i < secret.get(); i++) {
                        items.add(n + i);
                    }
                    return items;
                });
    }

    /** As many steps as the secret says, and a wait after them. */
    private Flow<Integer, Integer> steps() {
        Node<List<Integer>, Integer> sum =
                Node.pure("sum", Type.listOf(Integer.class), Type.of(Integer.class), List::size);
        return Flow.define(
                "steps",
                "1.0.0",
                Integer.class,
                (g, in) ->
                        g.then(
                                g.then(g.each(g.then(in, split()), 5, step("item")), sum),
                                Waits.sleep("nap", Integer.class, ofDays(1))));
    }

    /** Runs a flow with the secret, wakes it with another, and tells why it is parked. */
    private String parked(Flow<Integer, Integer> flow, int later) {
        bench.deploying(flow);
        int then = secret.get();
        bench.runtime().start(flow, "run", 1);
        bench.settle();
        bench.kill();
        secret.set(later);
        bench.advance(ofDays(2));
        RunView view = bench.runtime().find("run").orElseThrow();
        assertEquals(RunState.PARKED, view.state());
        String reason = view.reason().orElseThrow();
        assertTrue(reason.startsWith("[DUR102] nondeterministic replay at node '"), reason);
        secret.set(then);
        bench.runtime().resume("run");
        bench.advance(ofDays(2));
        assertEquals(RunState.COMPLETED, bench.runtime().find("run").orElseThrow().state(), reason);
        return reason;
    }

    private static void says(String part, String reason) {
        assertTrue(reason.contains(part), reason);
    }

    @Test
    void moreStepsThanWereRecorded() {
        String reason = parked(steps(), 3);
        says("at node 'item': record 1 (Started) led to nothing more when it was recorded", reason);
        says("and leads to 'item' attempt 1 item", reason);
    }

    @Test
    void fewerStepsThanWereRecorded() {
        String reason = parked(steps(), 1);
        says("at node 'item': record 1 (Started) led to 'item' attempt 1 item", reason);
        says("and leads to nothing more now", reason);
    }

    @Test
    void anotherNodeThanWasRecorded() {
        Node<Integer, Integer> look =
                Node.pure("look", Integer.class, Integer.class, n -> secret.get());
        String reason =
                parked(
                        Flow.define(
                                "other",
                                "1.0.0",
                                Integer.class,
                                (g, in) ->
                                        g.then(
                                                g.when(
                                                        g.then(in, look),
                                                        n -> n == 2,
                                                        step("left"),
                                                        step("right"),
                                                        "met",
                                                        Integer.class),
                                                Waits.sleep("nap", Integer.class, ofDays(1)))),
                        7);
        says("at node 'left': record 1 (Started) led to 'left' attempt 1", reason);
        says("and leads to 'right' attempt 1", reason);
    }

    @Test
    void aResultThatNobodyAskedFor() {
        Node<Integer, Integer> wakes =
                Waits.sleepUntil(
                        "until",
                        Integer.class,
                        n -> bench.clock().instant().toEpochMilli() + secret.get());
        Flow<Integer, Integer> flow =
                Flow.define(
                        "clock",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        g.then(g.then(in, wakes), step("after")),
                                        Waits.sleep("nap", Integer.class, ofDays(1))));
        bench.deploying(flow);
        bench.runtime().start(flow, "run", 1);
        bench.advance(ofDays(1).dividedBy(2));
        assertEquals(List.of("after#1"), outside.calls());
        bench.kill();
        bench.advance(ofDays(2));
        RunView view = bench.runtime().find("run").orElseThrow();
        assertEquals(RunState.PARKED, view.state());
        says("record 2 (Timer) does not take it", view.reason().orElseThrow());
    }
}
