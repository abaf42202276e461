package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.RunView;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Durable runs need nothing of a store but what {@link MemoryJournal} has. */
class OtherEngineTest {

    private static Node<Integer, Integer> step(String name) {
        return Node.effect(
                name,
                Integer.class,
                Integer.class,
                Outside.TOKEN,
                (outside, n, context) -> outside.call(context, n));
    }

    private static final Flow<Integer, Integer> FLOW =
            Flow.define(
                    "other",
                    "1.0.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            g.then(
                                                    g.then(in, step("one")),
                                                    Waits.sleep(
                                                            "nap",
                                                            Integer.class,
                                                            Duration.ofDays(1))),
                                            step("two").with(retry(3, Duration.ofHours(1)))),
                                    Waits.signal(
                                            "ask",
                                            Integer.class,
                                            Integer.class,
                                            "answer",
                                            Duration.ofDays(9))));

    private final TestClock clock = new TestClock();
    private final Outside outside = new Outside();
    private final Queue<Runnable> work = new ArrayDeque<>();

    private DurableRuntime open(CrashingJournal journal) {
        return DurableRuntime.on(journal)
                .flows(FLOW)
                .capabilities(Capabilities.of(outside))
                .time(new VirtualTime(clock))
                .threads(work::add)
                .open();
    }

    private void settle() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    @Test
    void aRunSurvivesEachOfItsWritesOnAnotherEngine() {
        for (int at = 1; at <= 9; at++) {
            survives(at);
        }
    }

    /** The process ends at one write; another goes on from what the engine kept. */
    private void survives(int at) {
        MemoryJournal kept = new MemoryJournal();
        CrashingJournal first = new CrashingJournal(kept, Faults.once(at, Faults.When.AFTER));
        drive(open(first), first);
        work.clear();
        CrashingJournal second = new CrashingJournal(kept, Faults.none());
        DurableRuntime runtime = open(second);
        drive(runtime, second);
        RunView view = runtime.find("run").orElseThrow();
        assertEquals(RunState.COMPLETED, view.state(), "write " + at);
        assertTrue(view.output().isPresent());
        assertEquals(1, outside.keys("one").size());
        runtime.kill();
    }

    private void drive(DurableRuntime runtime, CrashingJournal journal) {
        try {
            runtime.start(FLOW, "run", 1);
            settle();
            for (int day = 0; day < 3; day++) {
                clock.advance(Duration.ofDays(1));
                settle();
            }
            boolean over = runtime.find("run").orElseThrow().state().isOver();
            if (!over) {
                runtime.signal("run", "answer", 5);
                settle();
            }
            assertEquals(List.of(), runtime.list(List.of(RunState.PARKED), 9));
        } catch (CrashingJournal.ProcessGoneException gone) {
            assertTrue(journal.hasCrashed());
        }
        if (journal.hasCrashed()) {
            runtime.kill();
        }
    }
}
