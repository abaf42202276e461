package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.time.Clocks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What every provider of a clock keeps. */
public final class ClockContract {

    /** The rules CLK-01 and on. */
    public static final Contract<ClockBench> RULES =
            new Contract<>(
                    "clock",
                    List.of(
                            Rule.of(
                                    "CLK-01",
                                    "a handle tells the time that the clock tells, at each question",
                                    "what is remembered of an earlier answer, and units",
                                    ClockContract::goesWithTheClock),
                            Rule.of(
                                    "CLK-02",
                                    "a handle reads the time and does nothing else",
                                    "what the handle can be cast to",
                                    (bench, clock) -> {
                                        InstantSource handle = bench.clock();
                                        Expect.that(
                                                "the handle is not the provider or its source",
                                                !(handle instanceof CapabilityProvider)
                                                        && !(handle instanceof TestClock));
                                    }),
                            Rule.of(
                                    "CLK-03",
                                    "the provider serves the hint that tokens carry",
                                    "what hints() of the provider gives",
                                    (bench, clock) ->
                                            Expect.that(
                                                    "hints() has " + Clocks.READ_HINT,
                                                    bench.provider()
                                                            .hints()
                                                            .contains(Clocks.READ_HINT)))));

    private ClockContract() {}

    private static void goesWithTheClock(ClockBench bench, TestClock clock) {
        InstantSource handle = bench.clock();
        Expect.equal("the start", clock.instant(), handle.instant());
        clock.advance(Duration.ofDays(400).plusMillis(7));
        Expect.equal("after 400 days and 7 ms", clock.instant(), handle.instant());
        Expect.equal("in milliseconds", clock.millis(), handle.millis());
        Expect.equal("by another handle", clock.instant(), bench.clock().instant());
    }
}
