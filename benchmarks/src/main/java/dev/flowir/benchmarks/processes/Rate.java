package dev.flowir.benchmarks.processes;

import java.util.Comparator;
import java.util.List;

/**
 * How quick a contender is.
 *
 * @param perSecond items in a second
 * @param micros processor time of an item in microseconds; not a number where it is not known
 */
public record Rate(double perSecond, double micros) {

    /**
     * The one in the middle of several rounds.
     *
     * @param rounds one or more
     * @return the middle one, by items in a second
     */
    public static Rate middle(List<Rate> rounds) {
        List<Rate> sorted =
                rounds.stream().sorted(Comparator.comparingDouble(Rate::perSecond)).toList();
        return sorted.get(sorted.size() / 2);
    }
}
