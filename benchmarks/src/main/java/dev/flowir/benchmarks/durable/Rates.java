package dev.flowir.benchmarks.durable;

import dev.flowir.benchmarks.processes.Rate;
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
        return Rate.middle(rounds.stream().map(which).toList());
    }
}
