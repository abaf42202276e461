package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRun;
import dev.flowir.durable.HistoryEvent;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.NonRetryableException;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of the platform's table of workflows that no other test has the subject of. */
class PlatformRowsTest {

    private final Outside outside = new Outside();

    private DurableBench bench(Flow<?, ?>... flows) {
        return new DurableBench(flows).capabilities(store -> Capabilities.of(outside));
    }

    private static Node<Integer, Integer> step(String name) {
        return Node.effect(
                name,
                Integer.class,
                Integer.class,
                Outside.TOKEN,
                (outside, n, context) -> outside.call(context, n));
    }

    private static Node<Integer, Integer> nap(String name, Duration length) {
        return Waits.sleep(name, Integer.class, length);
    }

    @Test
    void wf06_whatAnAttemptDoesAfterItsTimeIsRefused() {
        List<String> told = new ArrayList<>();
        try (Store elsewhere = Store.inMemory(StoreOptions.defaults())) {
            elsewhere.execute(tx -> tx.run("CREATE TABLE said (attempt INTEGER)"));
            DurableBench[] held = new DurableBench[1];
            Node<Integer, Integer> slow =
                    Node.effect(
                                    "slow",
                                    Integer.class,
                                    Integer.class,
                                    Sql.writer("far"),
                                    (sql, n, context) -> {
                                        if (context.attempt() == 1) {
                                            held[0].advance(Duration.ofSeconds(2));
                                            told.add("cancelled " + context.cancelled());
                                            told.add(
                                                    write(() ->
                                                            sql.run(
                                                                    "INSERT INTO said VALUES (1)")));
                                            return -1;
                                        }
                                        Thread.interrupted(); // both are on this test's thread
                                        sql.run("INSERT INTO said VALUES (2)");
                                        return n;
                                    })
                            .with(
                                    NodeOption.timeout(Duration.ofSeconds(1)),
                                    NodeOption.retry(1, Duration.ZERO));
            Flow<Integer, Integer> flow =
                    Flow.define("late", "1.0.0", Integer.class, (g, in) -> g.then(in, slow));
            try (DurableBench bench =
                    new DurableBench(flow)
                            .capabilities(
                                    store -> Capabilities.of(SqlProvider.on("far", elsewhere)))) {
                held[0] = bench;
                DurableRun<Integer> run = bench.runtime().start(flow, "one", 7);
                assertEquals(new Result.Value<>(7), bench.result(run));
            }
            assertEquals(List.of("cancelled true", "StaleAttemptException"), told);
            assertEquals(
                    List.of(2),
                    elsewhere.read(
                            tx -> tx.query("SELECT attempt FROM said", row -> row.getInt(1))));
        }
    }

    private static String write(Runnable write) {
        try {
            write.run();
            return "written";
        } catch (RuntimeException refused) {
            return refused.getClass().getSimpleName();
        }
    }

    @Test
    void wf08_oneNodeUsedTwiceHasTwoResults() {
        Node<Integer, Integer> add =
                Node.effect(
                        "add",
                        Integer.class,
                        Integer.class,
                        Outside.TOKEN,
                        (outside, n, context) -> outside.call(context, n) + 1);
        Flow<Integer, Integer> flow =
                Flow.define(
                        "twice",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var first = g.then(in, add);
                            var slept = g.then(first, nap("nap", Duration.ofHours(1)));
                            return g.then(slept, add);
                        });
        try (DurableBench bench = bench(flow)) {
            DurableRun<Integer> run = bench.runtime().start(flow, "one", 1);
            bench.settle();
            bench.kill();
            assertEquals(
                    new Result.Value<>(3), bench.result(bench.runtime().start(flow, "one", 1)));
            List<String> gave =
                    bench.runtime().history(run.id()).stream()
                            .filter(it -> it.what().endsWith("gave a value"))
                            .map(it -> it.what() + " " + it.payload())
                            .toList();
            assertEquals(2, gave.size());
            assertTrue(gave.get(0).endsWith(" 2") && gave.get(1).endsWith(" 3"), gave::toString);
            assertEquals(2, outside.calls().size());
        }
    }

    @Test
    void wf11_anErrorThatNoRepeatCanHelpIsTheSameAfterAKill() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "declined",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        step("pay")
                                                .with(NodeOption.retry(3, Duration.ofSeconds(1)))));
        outside.throwing("pay", new NonRetryableException("declined"));
        try (DurableBench bench = bench(flow)) {
            Result<Integer> first = bench.result(bench.runtime().start(flow, "one", 1));
            bench.kill();
            assertEquals(first, bench.result(bench.runtime().start(flow, "one", 1)));
            assertTrue(DurableRunsTest.assertFailed(first).message().contains("declined"));
            assertEquals(List.of("pay#1"), outside.calls());
        }
    }

    private static Flow<Integer, Integer> retrying(String version, int retries) {
        return Flow.define(
                "retrying",
                version,
                Integer.class,
                (g, in) ->
                        g.then(
                                in,
                                step("try").with(NodeOption.retry(retries, Duration.ofHours(1)))));
    }

    @Test
    void wf15_aReleaseBetweenTwoAttemptsChangesNoRetriesOfARun() {
        Flow<Integer, Integer> before = retrying("1.0.0", 2);
        outside.failing("try", 99);
        try (DurableBench bench = bench(before)) {
            bench.runtime().start(before, "one", 1);
            bench.settle();
            bench.kill();
            bench.deploying(retrying("2.0.0", 9), before);
            Failure failure =
                    DurableRunsTest.assertFailed(
                            bench.result(bench.runtime().start(before, "one", 1)));
            assertTrue(failure.message().contains("after 3 attempts"), failure.message());
            assertEquals(List.of("try#1", "try#2", "try#3"), outside.calls());
        }
    }

    @Test
    void wf15_theSameVersionWithOtherRetriesIsAnotherFlow() {
        Flow<Integer, Integer> before = retrying("1.0.0", 2);
        outside.failing("try", 1);
        try (DurableBench bench = bench(before)) {
            bench.runtime().start(before, "one", 1);
            bench.settle();
            bench.kill();
            bench.deploying(retrying("1.0.0", 9));
            bench.advance(Duration.ofHours(1));
            assertEquals(RunState.PARKED, bench.runtime().find("one").orElseThrow().state());
            assertEquals(1, outside.calls().size());
        }
    }

    @Test
    void wf16_whatNoSettingMayBeIsRefusedWhereItIsWritten() {
        Duration second = Duration.ofSeconds(1);
        for (Runnable wrong :
                List.<Runnable>of(
                        () -> NodeOption.timeout(Duration.ZERO),
                        () -> NodeOption.timeout(second.negated()),
                        () -> NodeOption.retry(-1, second),
                        () -> NodeOption.retry(1, second.negated()))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
    }

    @Test
    void wf19_anInstantThatHasPassedIsOverAtOnce() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "past",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.then(in, Waits.sleepUntil("until", Integer.class, n -> n)));
        try (DurableBench bench = bench(flow)) {
            Instant before = bench.clock().instant();
            assertEquals(
                    new Result.Value<>(1), bench.result(bench.runtime().start(flow, "one", 1)));
            assertEquals(before, bench.clock().instant());
        }
    }

    enum Verdict {
        YES,
        NOBODY
    }

    @Test
    void wf22_aWaitThatTimedOutTakesNothingFromTheNext() {
        Flow<Integer, Verdict> flow =
                Flow.define(
                        "escalating",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        g.then(
                                                in,
                                                Waits.approval(
                                                        "clerk",
                                                        Integer.class,
                                                        Verdict.class,
                                                        Duration.ofHours(1),
                                                        Verdict.NOBODY)),
                                        Waits.approval(
                                                "chief",
                                                Verdict.class,
                                                Verdict.class,
                                                Duration.ofHours(1))));
        try (DurableBench bench = bench(flow)) {
            DurableRun<Verdict> run = bench.runtime().start(flow, "one", 1);
            bench.advance(Duration.ofHours(1));
            JournalException late =
                    assertThrows(
                            JournalException.class,
                            () -> bench.runtime().answer("one", "clerk", Verdict.YES, "ann"));
            assertEquals(JournalFault.NOT_ASKED, late.fault());
            bench.runtime().answer("one", "chief", Verdict.YES, "bob");
            assertEquals(new Result.Value<>(Verdict.YES), bench.result(run));
        }
    }

    @Test
    void wf37_theBranchThatCameFirstIsFirstInEveryReplay() {
        Flow<Integer, Integer> race =
                Flow.define(
                        "race",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var slow =
                                    g.then(
                                            g.then(in, nap("two-hours", Duration.ofHours(2))),
                                            Node.pure(
                                                    "slow", Integer.class, Integer.class, n -> 2));
                            var quick =
                                    g.then(
                                            g.then(in, nap("one-hour", Duration.ofHours(1))),
                                            Node.pure(
                                                    "quick", Integer.class, Integer.class, n -> 1));
                            return g.merge("winner", Integer.class, slow, quick);
                        });
        try (DurableBench bench = bench(race)) {
            DurableRun<Integer> run = bench.runtime().start(race, "one", 0);
            bench.advance(Duration.ofMinutes(61));
            assertEquals("1", run.view().output().orElseThrow());
            bench.kill();
            bench.clock().advance(Duration.ofDays(1)); // now both are over when it is read again
            bench.settle();
            assertEquals(
                    new Result.Value<>(1), bench.result(bench.runtime().start(race, "one", 0)));
            assertEquals(RunState.COMPLETED, bench.runtime().find("one").orElseThrow().state());
        }
    }

    @Test
    void wf38_aRunTakesNoMoreStepsThanItMay() {
        Flow<Integer, Integer> three =
                Flow.define(
                        "three",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> g.then(g.then(g.then(in, step("a")), step("b")), step("c")));
        try (DurableBench bench = bench(three)) {
            bench.limits(DurableLimits.defaults().withMaxSteps(3));
            assertEquals(
                    new Result.Value<>(1), bench.result(bench.runtime().start(three, "fits", 1)));
            bench.kill();
            bench.limits(DurableLimits.defaults().withMaxSteps(2));
            Failure failure =
                    DurableRunsTest.assertFailed(
                            bench.result(bench.runtime().start(three, "one", 1)));
            assertTrue(
                    failure.message().contains("[DUR203] the run took 2 steps"), failure.message());
            assertEquals(5, outside.calls().size());
        }
    }

    @Test
    void wf40_numbersOfAHistoryAreACursorThatOutlivesTheProcess() {
        Flow<Integer, Integer> flow =
                Flow.define(
                        "told",
                        "1.0.0",
                        Integer.class,
                        (g, in) ->
                                g.then(
                                        g.then(
                                                g.then(in, step("a")),
                                                nap("nap", Duration.ofHours(1))),
                                        step("b")));
        try (DurableBench bench = bench(flow)) {
            bench.runtime().start(flow, "one", 1);
            bench.settle();
            List<HistoryEvent> before = bench.runtime().history("one");
            int cursor = before.get(before.size() - 1).number();
            bench.kill();
            bench.advance(Duration.ofHours(2));
            List<HistoryEvent> all = bench.runtime().history("one");
            assertEquals(before, all.subList(0, before.size()));
            List<Integer> rest =
                    all.stream().map(HistoryEvent::number).filter(it -> it > cursor).toList();
            assertEquals(cursor + 1, rest.get(0));
            assertEquals(all.size() - before.size(), rest.size());
            assertTrue(rest.size() >= 2);
        }
    }

    @Test
    void wf43_sleepersCostNoTimersAndNoMemory() {
        Flow<Integer, Integer> naps =
                Flow.define(
                        "naps",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var at = g.then(in, nap("first", Duration.ofHours(1)));
                            for (int i = 0; i < 9; i++) {
                                at = g.then(at, nap("nap", Duration.ofHours(1)));
                            }
                            return at;
                        });
        try (DurableBench bench = bench(naps)) {
            for (int i = 0; i < 300; i++) {
                bench.runtime().start(naps, "run-" + i, i);
            }
            bench.settle();
            for (int hour = 0; hour < 9; hour++) {
                assertEquals(0, bench.runtime().loaded());
                assertTrue(bench.clock().alarms() <= 4, () -> bench.clock().alarms() + " alarms");
                bench.advance(Duration.ofHours(1));
            }
            bench.advance(Duration.ofHours(1));
            assertEquals(300, bench.runtime().list(List.of(RunState.COMPLETED), 1000).size());
        }
    }
}
