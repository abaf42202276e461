package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRun;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Signals that find their run by a key, before it waits and after, whatever becomes of the process.
 */
class CorrelationTest {

    private static final Flow<String, Integer> SHIP =
            Flow.define(
                    "ship",
                    "1.0.0",
                    String.class,
                    (g, parcel) ->
                            g.then(
                                    g.then(
                                            parcel,
                                            Waits.sleep("pack", String.class, Duration.ofHours(1))),
                                    Waits.signal(
                                            "scan",
                                            String.class,
                                            Integer.class,
                                            "scanned",
                                            number -> number,
                                            Duration.ofDays(2))));

    @RegisterExtension final DurableBench bench = new DurableBench(SHIP);

    private Optional<String> scan(String key, int weight) {
        Optional<String> run = bench.runtime().correlate(SHIP, "scanned", key, weight);
        bench.settle();
        return run;
    }

    private DurableRun<Integer> waiting(String id, String key) {
        DurableRun<Integer> run = bench.runtime().start(SHIP, id, key);
        bench.advance(Duration.ofHours(1));
        return run;
    }

    private JournalFault refused(String key) {
        return assertThrows(JournalException.class, () -> scan(key, 0)).fault();
    }

    @Test
    void aSignalFindsTheRunThatWaits() {
        waiting("one", "p1");
        waiting("two", "p2");
        bench.kill();
        assertEquals(Optional.of("two"), scan("p2", 7));
        assertEquals("7", bench.runtime().find("two").orElseThrow().output().orElseThrow());
        assertEquals(RunState.WAITING, bench.runtime().find("one").orElseThrow().state());
        assertEquals(Optional.of("one"), scan("p1", 8));
    }

    @Test
    void aSignalThatComesFirstIsKeptForTheRunThatWillWait() {
        assertEquals(Optional.empty(), scan("p1", 5));
        bench.kill();
        bench.runtime().start(SHIP, "other", "p2");
        DurableRun<Integer> run = bench.runtime().start(SHIP, "one", "p1");
        assertEquals(new Result.Value<>(5), bench.result(run));
        assertEquals(RunState.WAITING, bench.runtime().find("other").orElseThrow().state());
        assertEquals(Optional.empty(), scan("p1", 6)); // it was taken: this is another
    }

    @Test
    void aPausedRunGetsItWhenItGoesOn() {
        waiting("one", "p1");
        bench.runtime().pause("one");
        assertEquals(Optional.of("one"), scan("p1", 3));
        bench.kill();
        bench.runtime().resume("one");
        bench.settle();
        assertEquals("3", bench.runtime().find("one").orElseThrow().output().orElseThrow());
    }

    @Test
    void twoThatWaitAndTheSameTwiceAreRefused() {
        waiting("one", "p1");
        waiting("two", "p1");
        JournalException two = assertThrows(JournalException.class, () -> scan("p1", 0));
        assertEquals(JournalFault.AMBIGUOUS, two.fault());
        assertTrue(two.detail().contains("'one'") && two.detail().contains("'two'"), two.detail());
        bench.runtime().terminate("one", "enough");
        assertEquals(Optional.of("two"), scan("p1", 1));
        assertEquals(Optional.empty(), scan("p9", 1));
        assertEquals(JournalFault.DUPLICATE, refused("p9"));
        assertEquals(JournalFault.INVALID, refused(""));
        assertEquals(JournalFault.INVALID, refused("k".repeat(257)));
        assertEquals(Optional.empty(), scan("k".repeat(256), 1));
        JournalException other =
                assertThrows(
                        JournalException.class,
                        () -> bench.runtime().correlate(SHIP, "weighed", "p1", 1));
        assertEquals(JournalFault.INVALID, other.fault());
    }

    @Test
    void whoWaitsNoMoreGetsNothing() {
        waiting("late", "p1");
        bench.advance(Duration.ofDays(2));
        assertEquals(RunState.FAILED, bench.runtime().find("late").orElseThrow().state());
        assertEquals(Optional.empty(), scan("p1", 1));
        waiting("again", "p2");
        bench.runtime().restart("again");
        bench.settle();
        assertEquals(Optional.empty(), scan("p2", 2)); // it sleeps again, and will wait
        bench.advance(Duration.ofHours(1));
        assertEquals("2", bench.runtime().find("again").orElseThrow().output().orElseThrow());
    }

    @Test
    void ofTwoThatBeginToWaitTogetherOneGetsIt() {
        scan("p1", 4);
        bench.runtime().start(SHIP, "one", "p1");
        bench.runtime().start(SHIP, "two", "p1");
        bench.advance(Duration.ofHours(1));
        assertEquals(1, bench.runtime().list(List.of(RunState.COMPLETED), 9).size());
        assertEquals(1, bench.runtime().list(List.of(RunState.WAITING), 9).size());
    }

    @Test
    void whatIsKeptHasABoundAndAnEnd() {
        bench.runtime(); // makes the tables
        bench.store()
                .execute(tx -> {
                    for (int i = 1; i < DurableLimits.MAX_EARLY_SIGNALS; i++) {
                        tx.change(
                                "INSERT INTO flowir_durable_early (flow, signal, kept_at, payload)"
                                        + " VALUES ('x', ?, ?, X'31')",
                                "s" + i,
                                bench.clock().instant().toEpochMilli());
                    }
                });
        assertEquals(Optional.empty(), scan("p1", 1));
        assertEquals(JournalFault.FULL, refused("p2"));
        bench.advance(Duration.ofDays(30));
        assertEquals(JournalFault.FULL, refused("p2"));
        bench.advance(Duration.ofMillis(1));
        assertEquals(Optional.empty(), scan("p2", 1));
    }

    @Test
    void anEngineThatKeepsNoAddressesSaysSo() {
        try (DurableRuntime other = DurableRuntime.on(new MemoryJournal()).flows(SHIP).open()) {
            JournalException refused =
                    assertThrows(
                            JournalException.class,
                            () -> other.correlate(SHIP, "scanned", "p1", 1));
            assertEquals(JournalFault.WRONG_STATE, refused.fault());
        }
    }

    // ---- every end of the process

    private record Story(String ended, int writes) {}

    private static Story story(boolean early, Faults faults) {
        try (DurableBench bench = new DurableBench(SHIP).meeting(faults)) {
            if (early) {
                send(bench);
            }
            FlowTest.survive(bench, () -> bench.runtime().start(SHIP, "one", "p1").id());
            FlowTest.survive(
                    bench,
                    () -> {
                        bench.advance(Duration.ofHours(1));
                        return true;
                    });
            if (!early) {
                send(bench);
            }
            FlowTest.survive(
                    bench,
                    () -> {
                        bench.advance(Duration.ofMinutes(1));
                        return true;
                    });
            return new Story(
                    bench.runtime().find("one").orElseThrow().output().orElse("none"),
                    bench.writes());
        }
    }

    /** Whoever got no answer sends again, and may hear that it came before. */
    private static void send(DurableBench bench) {
        FlowTest.survive(
                bench,
                () -> {
                    try {
                        return bench.runtime().correlate(SHIP, "scanned", "p1", 5).isPresent();
                    } catch (JournalException again) {
                        assertEquals(JournalFault.DUPLICATE, again.fault());
                        return true;
                    }
                });
    }

    @Test
    void whereverTheProcessEndsTheSignalArrivesOnce() {
        List<String> wrong = new ArrayList<>();
        Set<String> ends = new HashSet<>();
        for (boolean early : List.of(true, false)) {
            int writes = story(early, Faults.none()).writes();
            for (int at = 1; at <= writes; at++) {
                for (Faults.When when : Faults.When.faults()) {
                    try {
                        ends.add(story(early, Faults.once(at, when)).ended());
                    } catch (RuntimeException | AssertionError e) {
                        wrong.add(early + " " + when + " write " + at + " of " + writes + ": " + e);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(Set.of("5"), ends);
    }
}
