package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.RunView;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Code that changes under runs, and journals that were touched. */
class VersionsTest {

    private final Outside outside = new Outside();
    private final AtomicInteger secret = new AtomicInteger(1);

    @RegisterExtension
    final DurableBench bench = new DurableBench().capabilities(store -> Capabilities.of(outside));

    private static Node<Integer, Integer> step(String name) {
        return Node.effect(
                name,
                Integer.class,
                Integer.class,
                Outside.TOKEN,
                (outside, n, context) -> outside.call(context, n));
    }

    private static Flow<Integer, Integer> order(String version, String last) {
        return Flow.define(
                "order",
                version,
                Integer.class,
                (g, in) ->
                        g.then(
                                g.then(
                                        g.then(in, step("first")),
                                        Waits.sleep("nap", Integer.class, Duration.ofDays(1))),
                                step(last)));
    }

    /** Branches on something that is not in its input. */
    private Flow<Integer, Integer> unfaithful() {
        Node<Integer, Integer> look =
                Node.pure("look", Integer.class, Integer.class, n -> secret.get());
        return Flow.define(
                "unfaithful",
                "1.0.0",
                Integer.class,
                (g, in) -> {
                    var way =
                            g.when(
                                    g.then(in, look),
                                    n -> n == 1,
                                    step("left"),
                                    step("right"),
                                    "met",
                                    Integer.class);
                    return g.then(
                            way,
                            Waits.signal(
                                    "wait",
                                    Integer.class,
                                    Integer.class,
                                    "go",
                                    Duration.ofDays(1)));
                });
    }

    private RunView view(String id) {
        return bench.runtime().find(id).orElseThrow();
    }

    @Test
    void wf42_aRunStaysOnItsVersionAndIsParkedWithoutIt() {
        Flow<Integer, Integer> one = order("1.0.0", "old");
        Flow<Integer, Integer> two = order("2.0.0", "new");
        bench.deploying(one);
        bench.runtime().start(one, "o-1", 1);
        bench.settle();
        bench.kill();
        bench.deploying(two);
        bench.runtime().start(two, "o-2", 2);
        bench.advance(Duration.ofDays(2));
        assertEquals(List.of("first#1", "first#1", "new#1"), outside.calls());
        assertEquals(RunState.PARKED, view("o-1").state());
        String reason = view("o-1").reason().orElseThrow();
        assertTrue(reason.contains("[DUR103]"), reason);
        assertTrue(reason.contains("flow 'order' version 1.0.0"), reason);
        assertEquals(
                JournalFault.NOT_LOADED,
                assertThrows(JournalException.class, () -> bench.runtime().resume("o-1")).fault());
        bench.kill();
        bench.deploying(one, two);
        bench.runtime().resume("o-1");
        bench.settle();
        assertEquals(RunState.COMPLETED, view("o-1").state());
        assertEquals("old#1", outside.calls().get(3));
    }

    @Test
    void wf09_aReplayThatAsksForSomethingElseIsParkedAndNamed() {
        Flow<Integer, Integer> flow = unfaithful();
        bench.deploying(flow);
        bench.runtime().start(flow, "u", 0);
        bench.settle();
        secret.set(2);
        JournalException refused =
                assertThrows(JournalException.class, () -> bench.runtime().signal("u", "go", 5));
        assertEquals(JournalFault.DIVERGED, refused.fault());
        String reason = view("u").reason().orElseThrow();
        assertEquals(RunState.PARKED, view("u").state());
        assertTrue(reason.contains("nondeterministic replay at node 'left'"), reason);
        assertTrue(reason.contains("record 1 (Started)"), reason);
        assertTrue(reason.contains("led to 'left' attempt 1"), reason);
        assertTrue(reason.contains("leads to 'right' attempt 1"), reason);
        secret.set(1);
        bench.runtime().resume("u");
        bench.runtime().signal("u", "go", 5);
        bench.settle();
        assertEquals("5", view("u").output().orElseThrow());
        assertEquals(List.of("left#1"), outside.calls());
    }

    @Test
    void aRecordThatWasChangedIsFoundAndNumbered() {
        Flow<Integer, Integer> flow = order("1.0.0", "old");
        bench.deploying(flow);
        bench.runtime().start(flow, "o", 1);
        bench.settle();
        bench.store()
                .execute(tx ->
                        tx.run(
                                "UPDATE flowir_durable_records SET bytes ="
                                        + " CAST(replace(bytes, X'31', X'32') AS BLOB)"
                                        + " WHERE place = 2"));
        bench.advance(Duration.ofDays(1));
        assertEquals(RunState.PARKED, view("o").state());
        String reason = view("o").reason().orElseThrow();
        assertTrue(reason.contains("[DUR101] record 2 of the run is not what was written"), reason);
        assertThrows(JournalException.class, () -> bench.runtime().history("o"));
    }

    @Test
    void aRecordThatIsMissingIsFound() {
        Flow<Integer, Integer> flow = order("1.0.0", "old");
        bench.deploying(flow);
        bench.runtime().start(flow, "o", 1);
        bench.settle();
        bench.store().execute(tx -> tx.run("DELETE FROM flowir_durable_records WHERE place = 1"));
        bench.advance(Duration.ofDays(1));
        assertEquals(RunState.PARKED, view("o").state());
        String reason = view("o").reason().orElseThrow();
        assertTrue(reason.contains("[DUR101] record 1"), reason);
    }
}
