package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.FlowLimit;
import dev.flowir.durable.RunView;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs of flows that are limited: how many begin, in which order, and what an end of the process
 * leaves.
 */
class FlowLimitsTest {

    record Order(String customer, String id) {}

    private static final Node<Order, Order> WORK =
            Node.effect(
                            "work",
                            Order.class,
                            Order.class,
                            Outside.TOKEN,
                            (outside, order, context) -> {
                                outside.call(context, 0);
                                return order;
                            })
                    .with(NodeOption.timeout(Duration.ofSeconds(2)));

    private static final Flow<Order, String> SERVE =
            Flow.define(
                    "serve",
                    "1.0.0",
                    Order.class,
                    (g, order) ->
                            g.then(
                                    g.then(order, WORK),
                                    Waits.signal(
                                            "ask",
                                            Order.class,
                                            String.class,
                                            "go",
                                            Duration.ofDays(9))));

    private static final Flow<Order, Order> QUICK =
            Flow.define("quick", "1.0.0", Order.class, (g, order) -> g.then(order, WORK));

    private final Outside outside = new Outside();

    @RegisterExtension
    final DurableBench bench =
            new DurableBench(SERVE, QUICK).capabilities(store -> Capabilities.of(outside));

    private void start(String... ids) {
        for (String id : ids) {
            bench.runtime().start(SERVE, id, new Order(id.substring(0, 1), id));
        }
        bench.settle();
    }

    private void finish(String id) {
        bench.runtime().signal(id, "go", "done");
        bench.settle();
    }

    private List<String> in(RunState state) {
        return bench.runtime().list(List.of(state), 100).stream().map(RunView::id).toList();
    }

    private void anew() {
        bench.kill();
        bench.settle();
    }

    @Test
    void noMoreAreUnderWayThanMayAndTheOthersComeInTheirTurn() {
        bench.limit(SERVE, FlowLimit.concurrency(2));
        start("a", "b", "c", "d", "e");
        assertEquals(List.of("a", "b"), in(RunState.WAITING));
        assertEquals(List.of("c", "d", "e"), in(RunState.HELD));
        assertEquals(0, bench.runtime().loaded());
        assertEquals(2, outside.calls().size());
        anew();
        assertEquals(List.of("c", "d", "e"), in(RunState.HELD));
        finish("b");
        assertEquals(List.of("a", "c"), in(RunState.WAITING));
        bench.runtime().terminate("a", "enough");
        anew();
        assertEquals(List.of("c", "d"), in(RunState.WAITING));
        finish("c");
        finish("d");
        finish("e");
        assertEquals(List.of(), in(RunState.HELD));
        assertEquals(5, outside.calls().size());
        start("f", "g", "h");
        assertEquals(List.of("h"), in(RunState.HELD));
    }

    @Test
    void eachKeyHasItsOwn() {
        bench.limit(SERVE, FlowLimit.concurrency(1).perKey(Order::customer));
        start("ann-1", "ann-2", "bob-1", "bob-2", "ann-3");
        assertEquals(List.of("ann-1", "bob-1"), in(RunState.WAITING));
        finish("ann-1");
        assertEquals(List.of("ann-2", "bob-1"), in(RunState.WAITING));
        assertEquals(List.of("bob-2", "ann-3"), in(RunState.HELD));
    }

    @Test
    void noMoreBeginInAnyStretchOfThePeriodThanMay() {
        bench.limit(QUICK, FlowLimit.rate(2, Duration.ofMinutes(1)));
        quick("a");
        bench.advance(Duration.ofSeconds(40));
        quick("b", "c", "d", "e");
        assertEquals(List.of("a", "b"), in(RunState.COMPLETED));
        bench.advance(Duration.ofSeconds(20).minusMillis(1));
        assertEquals(List.of("c", "d", "e"), in(RunState.HELD));
        bench.advance(Duration.ofMillis(1));
        assertEquals(List.of("d", "e"), in(RunState.HELD));
        anew();
        bench.advance(Duration.ofSeconds(40).minusMillis(1));
        assertEquals(List.of("d", "e"), in(RunState.HELD));
        bench.kill();
        bench.clock().advance(Duration.ofMillis(1));
        bench.settle();
        assertEquals(List.of("e"), in(RunState.HELD));
        bench.advance(Duration.ofSeconds(20));
        assertEquals(5, in(RunState.COMPLETED).size());
    }

    private void quick(String... ids) {
        for (String id : ids) {
            bench.runtime().start(QUICK, id, new Order("x", id));
        }
        bench.settle();
    }

    @Test
    void bothLimitsHoldAtOnce() {
        bench.limit(SERVE, FlowLimit.<Order>concurrency(2).andRate(1, Duration.ofHours(1)));
        start("a", "b", "c");
        assertEquals(List.of("b", "c"), in(RunState.HELD));
        bench.advance(Duration.ofHours(1));
        assertEquals(List.of("c"), in(RunState.HELD));
        bench.advance(Duration.ofHours(1));
        assertEquals(List.of("c"), in(RunState.HELD));
        finish("a");
        assertEquals(List.of(), in(RunState.HELD));
    }

    @Test
    void timeInTheLineIsNoTimeOfAStep() {
        bench.limit(SERVE, FlowLimit.concurrency(1));
        start("a", "b");
        bench.advance(Duration.ofDays(1));
        finish("a");
        assertEquals(List.of("work#1", "work#1"), outside.calls());
        assertEquals(List.of("b"), in(RunState.WAITING));
        assertTrue(
                bench.runtime().history("b").stream()
                        .anyMatch(it -> it.what().equals("resumed after 86400000 ms")));
    }

    @Test
    void whatIsBroughtToARunInTheLineWaitsWithIt() {
        bench.limit(SERVE, FlowLimit.concurrency(1));
        start("a", "b", "c");
        finish("b");
        assertEquals(List.of("b", "c"), in(RunState.HELD));
        assertEquals(1, outside.calls().size());
        JournalException refused =
                assertThrows(JournalException.class, () -> bench.runtime().pause("b"));
        assertEquals(JournalFault.WRONG_STATE, refused.fault());
        finish("a");
        assertEquals(List.of("a", "b"), in(RunState.COMPLETED));
        bench.runtime().terminate("c", "enough");
        start("d", "e");
        bench.runtime().terminate("e", "enough");
        start("f");
        assertEquals(List.of("d"), in(RunState.WAITING));
        finish("d");
        assertEquals(List.of("f"), in(RunState.WAITING));
    }

    @Test
    void aRunThatBeginsAnewGoesToTheEnd() {
        bench.limit(SERVE, FlowLimit.concurrency(1));
        start("a", "b", "c");
        bench.runtime().restart("a");
        bench.settle();
        assertEquals(List.of("b"), in(RunState.WAITING));
        assertEquals(List.of("a", "c"), in(RunState.HELD));
        bench.runtime().restart("c");
        finish("b");
        assertEquals(List.of("c"), in(RunState.HELD));
        bench.runtime().fork("b", "work", "d");
        finish("a");
        assertEquals(List.of("c"), in(RunState.WAITING));
        assertEquals(List.of("d"), in(RunState.HELD));
        finish("c");
        assertEquals(List.of("d"), in(RunState.WAITING));
    }

    @Test
    void batchesAndRunsOfTransactionsStandInLineToo() {
        bench.limit(SERVE, FlowLimit.concurrency(2));
        Map<String, Order> many = new LinkedHashMap<>();
        for (String id : List.of("a", "b", "c")) {
            many.put(id, new Order("x", id));
        }
        bench.runtime().startAll(SERVE, many);
        bench.store()
                .execute(
                        tx -> assertTrue(bench.runtime().enqueue(SERVE, "d", new Order("x", "d"))));
        bench.settle();
        assertEquals(List.of("c", "d"), in(RunState.HELD));
        finish("a");
        finish("b");
        assertEquals(List.of("c", "d"), in(RunState.WAITING));
    }

    @Test
    void whereALimitIsTakenAwayAllBegin() {
        bench.limit(SERVE, FlowLimit.concurrency(1));
        start("a", "b", "c");
        bench.kill();
        try (DurableRuntime unlimited =
                DurableRuntime.on(bench.store())
                        .capabilities(Capabilities.of(outside))
                        .flows(SERVE)
                        .time(new VirtualTime(bench.clock()))
                        .threads(Runnable::run)
                        .open()) {
            assertEquals(List.of(), unlimited.list(List.of(RunState.HELD), 9));
            assertEquals(3, unlimited.list(List.of(RunState.WAITING), 9).size());
        }
    }

    @Test
    void numbersHaveBounds() {
        FlowLimit.concurrency(FlowLimit.MAX_CONCURRENCY);
        FlowLimit.rate(FlowLimit.MAX_RATE, FlowLimit.MAX_PERIOD);
        FlowLimit.rate(1, Duration.ofMillis(1));
        Duration second = Duration.ofSeconds(1);
        Duration over = FlowLimit.MAX_PERIOD.plusMillis(1);
        for (Runnable wrong :
                List.<Runnable>of(
                        () -> FlowLimit.concurrency(0),
                        () -> FlowLimit.concurrency(FlowLimit.MAX_CONCURRENCY + 1),
                        () -> FlowLimit.rate(0, second),
                        () -> FlowLimit.rate(FlowLimit.MAX_RATE + 1, second),
                        () -> FlowLimit.rate(1, over),
                        () -> FlowLimit.concurrency(1).andRate(1, Duration.ofNanos(999_999)))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
        bench.limit(SERVE, FlowLimit.concurrency(1).perKey(Order::id));
        Order longest = new Order("x", "k".repeat(FlowLimit.MAX_KEY_LENGTH));
        bench.runtime().start(SERVE, "fits", longest);
        for (String key : List.of("", longest.id() + "k")) {
            JournalException refused =
                    assertThrows(
                            JournalException.class,
                            () -> bench.runtime().start(SERVE, "no", new Order("x", key)));
            assertEquals(JournalFault.INVALID, refused.fault());
        }
        assertTrue(bench.runtime().find("no").isEmpty());
    }

    @Test
    void aSecondLimitAndAJournalWithoutTurnsAreRefused() {
        var builder = DurableRuntime.on(bench.store()).limit(SERVE, FlowLimit.concurrency(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.limit(SERVE, FlowLimit.rate(1, Duration.ofSeconds(1))));
        var other = DurableRuntime.on(new MemoryJournal()).limit(SERVE, FlowLimit.concurrency(1));
        assertThrows(IllegalStateException.class, other::open);
    }

    // ---- every end of the process

    private record Story(Map<String, String> ended, int writes) {}

    /** Three runs, one at a time; what became of them, and whether two ever were under way. */
    private static Story oneAtATime(Faults faults) {
        Outside world = new Outside();
        try (DurableBench bench =
                new DurableBench(QUICK)
                        .capabilities(store -> Capabilities.of(world))
                        .limit(
                                QUICK,
                                FlowLimit.<Order>concurrency(1).andRate(2, Duration.ofSeconds(9)))
                        .meeting(faults)) {
            world.onEveryCall("work", () -> ensureOne(bench));
            List<String> ids = List.of("a", "b", "c");
            for (String id : ids) {
                FlowTest.survive(
                        bench, () -> bench.runtime().start(QUICK, id, new Order("x", id)).id());
            }
            Map<String, String> ended = new LinkedHashMap<>();
            for (String id : ids) {
                FlowTest.survive(
                        bench,
                        () ->
                                bench.advanceUntil(() ->
                                        bench.runtime().find(id).orElseThrow().state().isOver()));
                ended.put(id, bench.runtime().find(id).orElseThrow().state().name());
            }
            assertEquals(3, world.keys("work").size());
            return new Story(ended, bench.writes());
        }
    }

    private static void ensureOne(DurableBench bench) {
        long under =
                bench.store()
                        .read(tx ->
                                tx.first(
                                                "SELECT count(*) FROM flowir_durable_turns"
                                                        + " WHERE run IS NOT NULL"
                                                        + " AND began_at IS NOT NULL",
                                                row -> row.getLong(1))
                                        .orElse(0L));
        assertEquals(1, under);
    }

    @Test
    void whereverTheProcessEndsNoPlaceIsLostOrDoubled() {
        Story plain = oneAtATime(Faults.none());
        assertEquals(Map.of("a", "COMPLETED", "b", "COMPLETED", "c", "COMPLETED"), plain.ended());
        List<String> wrong = new ArrayList<>();
        Set<Map<String, String>> ends = new HashSet<>();
        for (int at = 1; at <= plain.writes(); at++) {
            for (Faults.When when : Faults.When.faults()) {
                try {
                    ends.add(oneAtATime(Faults.once(at, when)).ended());
                } catch (RuntimeException | AssertionError e) {
                    wrong.add(when + " write " + at + " of " + plain.writes() + ": " + e);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(Set.of(plain.ended()), ends);
    }
}
