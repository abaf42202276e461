package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRun;
import dev.flowir.durable.RunInspection;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** People who answer, signals that say what they are about, and what a run tells of itself. */
class AnswersTest {

    enum Decision {
        YES,
        NO,
        NOBODY
    }

    private static Node<Integer, Integer> step(String name) {
        return Node.effect(
                name,
                Integer.class,
                Integer.class,
                Outside.TOKEN,
                (outside, n, context) -> outside.call(context, n));
    }

    private static final Node<Integer, Decision> ASK =
            Waits.approval("ask", Integer.class, Decision.class, Duration.ofDays(1));

    private static final Flow<Integer, Decision> APPROVE =
            Flow.define(
                    "approve",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> g.then(g.then(in, step("order")), ASK));

    /** Whoever is asked first has a day; then someone above them is told and asked. */
    private static final Flow<Integer, Decision> ESCALATE =
            Flow.define(
                    "escalate",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var first =
                                g.then(
                                        in,
                                        Waits.approval(
                                                "clerk",
                                                Integer.class,
                                                Decision.class,
                                                Duration.ofDays(1),
                                                Decision.NOBODY));
                        var told =
                                g.then(
                                        first,
                                        Node.effect(
                                                "tell",
                                                Decision.class,
                                                Integer.class,
                                                Outside.TOKEN,
                                                (outside, was, context) ->
                                                        outside.call(context, 1)));
                        return g.then(
                                told,
                                Waits.approval(
                                        "chief",
                                        Integer.class,
                                        Decision.class,
                                        Duration.ofDays(2),
                                        Decision.NO));
                    });

    private static final Flow<Integer, Integer> PARCELS =
            Flow.define(
                    "parcels",
                    "1.0.0",
                    Integer.class,
                    (g, in) -> {
                        var numbers =
                                g.then(
                                        in,
                                        Node.split(
                                                "numbers",
                                                Integer.class,
                                                Integer.class,
                                                n -> List.of(n, n + 1, n + 2)));
                        var weights =
                                g.each(
                                        numbers,
                                        3,
                                        Waits.signal(
                                                "arrived",
                                                Integer.class,
                                                Integer.class,
                                                "parcel",
                                                n -> "no-" + n,
                                                Duration.ofDays(7)));
                        return g.then(
                                g.join(
                                        "sum",
                                        in,
                                        weights,
                                        Integer.class,
                                        (n, all) ->
                                                all.get(0) * 100 + all.get(1) * 10 + all.get(2)),
                                step("pay"));
                    });

    private final Outside outside = new Outside();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(APPROVE, ESCALATE, PARCELS)
                    .capabilities(store -> Capabilities.of(outside));

    private static JournalException refused(JournalFault fault, Executable call) {
        JournalException refused = assertThrows(JournalException.class, call);
        assertEquals(fault, refused.fault(), refused::getMessage);
        return refused;
    }

    @Test
    void anAnswerIsTheNodesOutputAndWhoGaveItIsInTheHistory() {
        DurableRun<Decision> run = bench.runtime().start(APPROVE, "run", 1);
        bench.settle();
        bench.kill();
        bench.advance(Duration.ofHours(3));
        bench.runtime().answer("run", "ask", Decision.YES, "ann");
        bench.settle();
        assertEquals(new Result.Value<>(Decision.YES), bench.result(run));
        var told = bench.runtime().history("run").getLast();
        assertEquals("'ask' answered by ann", told.what());
        assertEquals("\"YES\"", told.payload());
        assertEquals(Instant.parse("2026-01-01T03:00:00Z"), told.at());
    }

    @Test
    void answersThatNobodyAsksForAreRefused() {
        outside.onCall(
                "order#1",
                () ->
                        refused(
                                JournalFault.NOT_ASKED,
                                () -> bench.runtime().answer("run", "ask", Decision.YES, "bob")));
        Flow<Integer, Decision> longer =
                Flow.define(
                        "longer",
                        "1.0.0",
                        Integer.class,
                        (g, in) -> {
                            var said = g.then(in, ASK);
                            return g.then(
                                    said, Waits.sleep("rest", Decision.class, Duration.ofDays(1)));
                        });
        bench.runtime().start(APPROVE, "run", 1);
        bench.runtime().start(longer, "long", 1);
        bench.settle();
        refused(
                JournalFault.INVALID,
                () -> bench.runtime().answer("run", "ask", Thread.State.NEW, "bob"));
        refused(
                JournalFault.INVALID,
                () -> bench.runtime().answer("run", "order", Decision.YES, "bob"));
        refused(
                JournalFault.INVALID,
                () -> bench.runtime().answer("run", "nothing", Decision.YES, "bob"));
        refused(
                JournalFault.INVALID,
                () -> bench.runtime().answer("run", "ask", Decision.YES, " "));
        bench.runtime().answer("long", "ask", Decision.NO, "ann");
        JournalException second =
                refused(
                        JournalFault.NOT_ASKED,
                        () -> bench.runtime().answer("long", "ask", Decision.YES, "bob"));
        assertTrue(
                second.getMessage().contains("answered by ann at 2026-01-01T00:00:00Z"),
                second.getMessage());
        assertTrue(second.getMessage().endsWith("with \"NO\""), second.getMessage());
    }

    @Test
    void anAnswerAfterItsTimeIsRefusedEvenWhenNobodyNoticedYet() {
        bench.runtime().start(APPROVE, "run", 1);
        bench.settle();
        bench.kill();
        bench.clock().advance(Duration.ofDays(1));
        refused(
                JournalFault.NOT_ASKED,
                () -> bench.runtime().answer("run", "ask", Decision.YES, "ann"));
        bench.advance(Duration.ofMillis(1));
        String failure = bench.runtime().find("run").orElseThrow().failure().orElseThrow();
        assertTrue(failure.contains("[DUR204] no answer came in time"), failure);
    }

    @Test
    void anAnswerInTheLastMillisecondOfItsTimeCounts() {
        DurableRun<Decision> run = bench.runtime().start(APPROVE, "run", 1);
        bench.settle();
        bench.kill();
        bench.clock().advance(Duration.ofDays(1).minusMillis(1));
        bench.runtime().answer("run", "ask", Decision.YES, "ann");
        assertEquals(new Result.Value<>(Decision.YES), bench.result(run));
    }

    @Test
    void whenNobodyAnswersSomeoneElseIsToldAndAsked() {
        DurableRun<Decision> run = bench.runtime().start(ESCALATE, "run", 1);
        bench.advance(Duration.ofHours(25));
        assertEquals(List.of("tell#1"), outside.calls());
        RunInspection now = bench.runtime().inspect("run");
        assertEquals("chief", now.waiting().get(0).node());
        assertEquals(List.of("YES", "NO", "NOBODY"), now.waiting().get(0).answers());
        assertEquals(
                Instant.parse("2026-01-04T00:00:00Z"), now.waiting().get(0).until().orElseThrow());
        bench.runtime().answer("run", "chief", Decision.YES, "the chief");
        assertEquals(new Result.Value<>(Decision.YES), bench.result(run));
        DurableRun<Decision> alone = bench.runtime().start(ESCALATE, "alone", 1);
        assertEquals(new Result.Value<>(Decision.NO), bench.result(alone));
    }

    @Test
    void anAnswerToAPausedRunCountsAndTheRestWaits() {
        bench.runtime().start(ESCALATE, "run", 1);
        bench.settle();
        bench.runtime().pause("run");
        bench.runtime().answer("run", "clerk", Decision.YES, "ann");
        bench.settle();
        assertEquals(List.of(), outside.calls());
        bench.runtime().resume("run");
        bench.settle();
        assertEquals(List.of("tell#1"), outside.calls());
    }

    @Test
    void answersSurviveACrashAtEachWrite() {
        FlowTest<Integer, Decision> test =
                FlowTest.of(ESCALATE, 1)
                        .in(() -> {
                            Outside world = new Outside();
                            return new FlowTest.World(
                                    store -> Capabilities.of(world), store -> world.keys("tell"));
                        })
                        .answer("clerk", Decision.NO, "ann")
                        .answer("chief", Decision.YES, "bob");
        assertTrue(test.run().contains("\"YES\""), test.run());
        assertTrue(test.sweep() > 10);
    }

    @Test
    void wf20_aSignalWithAKeyIsKeptForTheNodeThatWaitsForIt() {
        DurableRun<Integer> run = bench.runtime().start(PARCELS, "run", 5);
        bench.runtime().signal("run", "parcel", "no-7", 3);
        bench.runtime().signal("run", "parcel", "no-9", 9);
        bench.runtime().signal("run", "parcel", "no-5", 1);
        bench.runtime().signal("run", "parcel", "no-5", 8);
        bench.settle();
        RunInspection now = bench.runtime().inspect("run");
        assertEquals(RunState.WAITING, now.run().state());
        assertEquals(
                List.of(Optional.of("parcel:no-6")),
                now.waiting().stream().map(RunInspection.WaitingNode::signal).toList());
        bench.kill();
        bench.runtime().signal("run", "parcel", "no-6", 2);
        assertEquals(new Result.Value<>(123), bench.result(run));
    }

    @Test
    void signalsWithoutTheirKeyOrWithABadOneAreRefused() {
        bench.runtime().start(PARCELS, "run", 5);
        refused(JournalFault.INVALID, () -> bench.runtime().signal("run", "parcel", 3));
        refused(JournalFault.INVALID, () -> bench.runtime().signal("run", "parcel", "", 3));
        refused(
                JournalFault.INVALID,
                () -> bench.runtime().signal("run", "parcel", "x".repeat(257), 3));
        refused(JournalFault.INVALID, () -> bench.runtime().signal("run", "other", "no-5", 3));
    }

    @Test
    void signalsWithKeysSurviveACrashAtEachWrite() {
        FlowTest<Integer, Integer> test =
                FlowTest.of(PARCELS, 5)
                        .in(() -> {
                            Outside world = new Outside();
                            return new FlowTest.World(
                                    store -> Capabilities.of(world), store -> world.keys("pay"));
                        })
                        .signal("parcel", "no-6", 2)
                        .signal("parcel", "no-7", 3)
                        .signal("parcel", "no-5", 1);
        assertTrue(test.run().contains("123"), test.run());
        assertTrue(test.sweep() > 12);
    }

    @Test
    void lookingAtARunLeavesItAsItIs() {
        bench.runtime().start(APPROVE, "run", 1);
        bench.settle();
        int records = bench.runtime().history("run").size();
        RunInspection now = bench.runtime().inspect("run");
        assertEquals(records, bench.runtime().history("run").size());
        assertEquals(0, bench.runtime().loaded());
        assertEquals(1, now.steps());
        assertEquals(List.of(), now.working());
        assertEquals(Optional.empty(), now.undone());
        bench.runtime().pause("run");
        bench.advance(Duration.ofDays(30));
        bench.runtime().resume("run");
        assertEquals(
                Instant.parse("2026-02-01T00:00:00Z"),
                bench.runtime().inspect("run").waiting().get(0).until().orElseThrow());
    }

    @Test
    void aForkBeginsWithWhatCameBeforeTheNodeAndLeavesTheRunAlone() {
        bench.runtime().start(ESCALATE, "run", 1);
        bench.advance(Duration.ofHours(25));
        bench.runtime().answer("run", "chief", Decision.YES, "ann");
        bench.settle();
        assertEquals("fork", bench.runtime().fork("run", "chief", "fork").id());
        bench.kill();
        bench.runtime().answer("fork", "chief", Decision.NO, "bob");
        bench.settle();
        assertEquals("\"YES\"", bench.runtime().find("run").orElseThrow().output().orElseThrow());
        assertEquals("\"NO\"", bench.runtime().find("fork").orElseThrow().output().orElseThrow());
        assertEquals(List.of("tell#1"), outside.calls());
        bench.runtime().fork("run", "tell", "again");
        bench.settle();
        assertEquals(2, outside.keys("tell").size());
        refused(JournalFault.ALREADY_EXISTS, () -> bench.runtime().fork("run", "tell", "fork"));
        refused(JournalFault.WRONG_STATE, () -> bench.runtime().fork("run", "none", "other"));
        refused(JournalFault.INVALID, () -> bench.runtime().fork("run", "tell", "no id"));
    }
}
