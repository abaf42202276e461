package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.store.Store;
import dev.flowir.time.Chance;
import dev.flowir.time.ChanceSource;
import dev.flowir.time.ClockSource;
import dev.flowir.time.Clocks;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Time and chance in durable runs: read once, recorded, and the same after every restart. */
class TimeInRunsTest {

    private static final Node<String, String> DRAW =
            Node.reads(
                    "draw",
                    String.class,
                    String.class,
                    Clocks.clock("time"),
                    Chance.numbers("dice"),
                    (clock, dice, name, context) ->
                            name
                                    + " at "
                                    + clock.instant().truncatedTo(ChronoUnit.DAYS)
                                    + " drew "
                                    + dice.nextLong());

    private static final Flow<String, String> TICKET =
            Flow.define(
                    "ticket",
                    "1.0.0",
                    String.class,
                    (g, name) ->
                            g.then(
                                    g.then(
                                            g.then(name, DRAW),
                                            Waits.sleep(
                                                    "sleep", String.class, Duration.ofDays(30))),
                                    Node.pure(
                                            "print",
                                            String.class,
                                            String.class,
                                            text -> "ticket: " + text)));

    private static Capabilities from(Store store, ChanceSource dice) {
        return Capabilities.of(ClockSource.of("time", FlowTest.clock(store)), dice);
    }

    @Test
    void whatWasReadIsRecordedAndReplayedOnALaterDay() {
        try (DurableBench bench = new DurableBench(TICKET)) {
            bench.capabilities(store -> from(store, ChanceSource.secure("dice")));
            String start = bench.clock().instant().toString();
            var run = bench.runtime().start(TICKET, "run", "ada");
            bench.settle();
            String recorded = bench.runtime().history("run").toString();
            bench.kill();
            bench.clock().advance(Duration.ofDays(3));
            bench.runtime();
            bench.kill();
            String ticket = text(bench, bench.runtime().start(TICKET, run.id(), "ada"));
            assertTrue(ticket.startsWith("ticket: ada at " + start + " drew "), ticket);
            assertTrue(
                    recorded.contains(ticket.substring("ticket: ".length())),
                    () -> ticket + " is not what was recorded: " + recorded);
        }
    }

    private static String text(DurableBench bench, dev.flowir.durable.DurableRun<String> run) {
        return switch (bench.result(run)) {
            case Result.Value<String> value -> value.value();
            case Result.Failed<String> failed -> failed.failure().message();
        };
    }

    @Test
    void everyFaultLeavesTheSameTicketWhenItsNumbersFollowFromTheItem() {
        int tries =
                FlowTest.of(TICKET, "ada")
                        .capabilities(store -> from(store, ChanceSource.perItem("dice", 7)))
                        .sweep();
        assertTrue(tries > 4, () -> "only " + tries + " tries");
    }

    @Test
    void theCheckerKnowsTheHints() {
        HintTable table =
                CapabilityModule.hints(HintTable.CORE, TimeInRunsTest.class.getClassLoader());
        for (String hint :
                java.util.List.of(
                        Clocks.READ_HINT,
                        Chance.READ_HINT,
                        dev.flowir.limit.Limits.TAKE_HINT,
                        dev.flowir.cache.Caches.READ_HINT,
                        dev.flowir.secret.Secrets.READ_HINT)) {
            assertTrue(table.isBindable(hint), hint);
            assertEquals(
                    java.util.Optional.of(dev.flowir.ir.Effects.READ_ONLY),
                    table.effectMinimum(hint),
                    hint);
            assertEquals(
                    java.util.Optional.of(dev.flowir.ir.Determinism.BEST_EFFORT),
                    table.determinismMinimum(hint),
                    hint);
        }
    }
}
