package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.time.Chance;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** What every provider of random numbers keeps. */
public final class ChanceContract {

    private static final int BINS = 16;
    private static final int PER_BIN = 1000;

    /** More than six standard deviations: seen by chance once in a billion tries. */
    private static final int FAR = 200;

    /** The rules RNG-01 and on. */
    public static final Contract<ChanceBench> RULES =
            new Contract<>(
                    "random numbers",
                    List.of(
                            Rule.of(
                                    "RNG-01",
                                    "numbers are spread evenly",
                                    "which bits of a draw are used",
                                    ChanceContract::spreads),
                            Rule.of(
                                    "RNG-02",
                                    "attempts beside each other draw numbers of their own",
                                    "whether handles share a generator without a lock",
                                    ChanceContract::keepsThreadsApart),
                            Rule.of(
                                    "RNG-03",
                                    "the provider serves the hint that tokens carry",
                                    "what hints() of the provider gives",
                                    (bench, clock) ->
                                            Expect.that(
                                                    "hints() has " + Chance.READ_HINT,
                                                    bench.provider()
                                                            .hints()
                                                            .contains(Chance.READ_HINT))),
                            Rule.<ChanceBench>of(
                                            "RNG-04",
                                            "an item draws the same in each attempt and process,"
                                                    + " and another item something else",
                                            "what a series is seeded with",
                                            ChanceContract::repeatsPerItem)
                                    .where("isPerItem()", ChanceBench::isPerItem),
                            Rule.<ChanceBench>of(
                                            "RNG-05",
                                            "who asks in the same order draws the same",
                                            "what a series is split off",
                                            ChanceContract::repeatsInOrder)
                                    .where("isInOrder()", ChanceBench::isInOrder)));

    private ChanceContract() {}

    private static void spreads(ChanceBench bench, TestClock clock) {
        RandomGenerator numbers = ChanceBench.numbers(bench.provider(), "item", 1);
        int[] low = new int[BINS];
        int[] high = new int[BINS];
        for (int i = 0; i < BINS * PER_BIN; i++) {
            long draw = numbers.nextLong();
            low[(int) (draw & (BINS - 1))]++;
            high[(int) (draw >>> 60)]++;
        }
        for (int bin = 0; bin < BINS; bin++) {
            Expect.that(
                    "of 16,000 draws 800 to 1,200 are in bin " + bin + ", not " + low[bin],
                    Math.abs(low[bin] - PER_BIN) < FAR && Math.abs(high[bin] - PER_BIN) < FAR);
        }
    }

    private static void keepsThreadsApart(ChanceBench bench, TestClock clock)
            throws InterruptedException {
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        List<Thread> threads =
                java.util.stream.IntStream.range(0, 8)
                        .mapToObj(i ->
                                Thread.startVirtualThread(() -> {
                                    RandomGenerator mine =
                                            ChanceBench.numbers(bench.provider(), "item" + i, 1);
                                    for (int n = 0; n < 1000; n++) {
                                        seen.add(mine.nextLong());
                                    }
                                }))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        Expect.equal("different numbers of 8,000", 8000, seen.size());
    }

    private static void repeatsPerItem(ChanceBench bench, TestClock clock) {
        CapabilityProvider here = bench.provider();
        List<Long> first = ChanceBench.five(ChanceBench.numbers(here, "a", 1));
        List<Long> other = ChanceBench.five(ChanceBench.numbers(here, "b", 1));
        Expect.that("another item draws other numbers", !first.equals(other));
        Expect.equal(
                "the second attempt", first, ChanceBench.five(ChanceBench.numbers(here, "a", 2)));
        Expect.equal(
                "in another process",
                first,
                ChanceBench.five(ChanceBench.numbers(bench.again(), "a", 3)));
    }

    private static void repeatsInOrder(ChanceBench bench, TestClock clock) {
        CapabilityProvider here = bench.provider();
        List<Long> first = ChanceBench.five(ChanceBench.numbers(here, "a", 1));
        List<Long> second = ChanceBench.five(ChanceBench.numbers(here, "a", 2));
        Expect.that("each attempt draws other numbers", !first.equals(second));
        CapabilityProvider there = bench.again();
        Expect.equal("the first", first, ChanceBench.five(ChanceBench.numbers(there, "x", 1)));
        Expect.equal("the second", second, ChanceBench.five(ChanceBench.numbers(there, "y", 1)));
    }
}
