package dev.flowir.benchmarks.durable;

import java.util.List;
import java.util.function.Function;

/**
 * A contender in one round.
 *
 * @param one with one run at a time
 * @param many with {@link #MANY}
 */
record Rates(Rate one, Rate many) {

    /** Runs at a time. */
    static final int MANY = 256;

    /** The one in the middle, by steps in a second. */
    static Rate middle(List<Rates> rounds, Function<Rates, Rate> which) {
        List<Rate> sorted =
                rounds.stream()
                        .map(which)
                        .sorted(java.util.Comparator.comparingDouble(Rate::perSecond))
                        .toList();
        return sorted.get(sorted.size() / 2);
    }
}
