package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shape of a kit, shown on a contract about counters. */
class KitShapeTest {

    /** What the rules of counters are shown on. */
    private interface Counter extends Closeable {
        int next();

        default boolean supportsReset() {
            return false;
        }

        default void reset() {
            throw new IllegalStateException("not supported");
        }

        @Override
        default void close() {}
    }

    private static final Contract<Counter> COUNTERS =
            new Contract<>(
                    "counter",
                    List.of(
                            Rule.of(
                                    "C-1",
                                    "numbers go up by one",
                                    "what next() adds",
                                    (counter, clock) -> {
                                        int first = counter.next();
                                        Expect.equal("second", first + 1, counter.next());
                                    }),
                            Rule.<Counter>of(
                                            "C-2",
                                            "reset starts again",
                                            "what reset() keeps",
                                            (counter, clock) -> {
                                                int first = counter.next();
                                                counter.reset();
                                                Expect.equal("first", first, counter.next());
                                            })
                                    .where("supportsReset()", Counter::supportsReset)));

    private static Counter counting(int by) {
        int[] value = {0};
        return () -> value[0] += by;
    }

    @Test
    void aGoodBackendPassesAndOptionalRulesAreSkippedWithTheReason() {
        assertEquals(
                List.of(
                        new Verdict.Passed("C-1"),
                        new Verdict.Skipped("C-2", "supportsReset() is false for this provider")),
                COUNTERS.verify(clock -> counting(1)));
    }

    @Test
    void aBrokenBackendFailsWithAMessageThatTeaches() {
        Verdict.Failed failed =
                assertInstanceOf(
                        Verdict.Failed.class, COUNTERS.verify(clock -> counting(2)).get(0));
        assertEquals(
                """
                counter rule C-1 does not hold: numbers go up by one
                  seen:  second is 4, expected 3
                  check: what next() adds\
                """,
                failed.failure().getMessage());
    }

    @Test
    void aBackendThatCannotBeOpenedOrClosedFailsTheRule() {
        Verdict closed =
                COUNTERS.verify(clock ->
                                new Counter() {
                                    private int value;

                                    @Override
                                    public int next() {
                                        return value++;
                                    }

                                    @Override
                                    public void close() {
                                        throw new IllegalStateException("stuck");
                                    }
                                })
                        .get(0);
        assertTrue(
                assertInstanceOf(Verdict.Failed.class, closed)
                        .failure()
                        .getMessage()
                        .contains("stuck"));
        Verdict opened =
                COUNTERS.verify(
                                clock -> {
                                    throw new java.io.IOException("no disk");
                                })
                        .get(0);
        assertInstanceOf(Verdict.Failed.class, opened);
    }

    @Test
    void twoRulesCannotHaveOneNumber() {
        Rule<Counter> rule = COUNTERS.rules().get(0);
        assertThrows(
                IllegalArgumentException.class, () -> new Contract<>("c", List.of(rule, rule)));
    }

    @Test
    void timeMovesOnlyWhenToldAndStopsAtEveryAlarm() {
        TestClock clock = new TestClock();
        long start = clock.millis();
        List<String> seen = new ArrayList<>();
        clock.schedule(Duration.ofSeconds(3), () -> seen.add("b" + (clock.millis() - start)));
        clock.schedule(
                Duration.ofSeconds(1),
                () -> {
                    seen.add("a" + (clock.millis() - start));
                    clock.schedule(
                            Duration.ofSeconds(1), () -> seen.add("c" + (clock.millis() - start)));
                });
        Runnable withdraw = clock.schedule(Duration.ofSeconds(2), () -> seen.add("never"));
        withdraw.run();
        clock.advance(Duration.ofMillis(999));
        assertEquals(List.of(), seen);
        clock.advance(Duration.ofSeconds(5));
        assertEquals(List.of("a1000", "c2000", "b3000"), seen);
        assertEquals(5999, clock.millis() - start);
        assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofMillis(-1)));
    }

    @Test
    void expectationsSayWhatWasSeen() {
        Expect.equal("bytes", new byte[] {1}, new byte[] {1});
        AssertionError unequal =
                assertThrows(AssertionError.class, () -> Expect.equal("v", "a", null));
        assertEquals("v is null, expected 'a'", unequal.getMessage());
        assertThrows(AssertionError.class, () -> Expect.that("one is two", false));
        AssertionError accepted =
                assertThrows(
                        AssertionError.class,
                        () -> Expect.refused("it", IllegalStateException.class, () -> {}));
        assertTrue(accepted.getMessage().contains("but was accepted"));
    }
}
