package dev.flowir.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What JMH measured of one contender, as cost per item: less is better.
 *
 * @param work simple name of the benchmark's class
 * @param kind name of the benchmark's method
 * @param peer name of the contender
 * @param params the other parameters, by name
 * @param nanos wall time per item in nanoseconds, of the middle iteration
 * @param errorShare JMH's error of the score (99.9 %) as a share of the score; absent with fewer
 *     than three iterations
 * @param figures all further figures per item by name: bytes, processor time, own counters
 */
public record Measurement(
        String work,
        String kind,
        String peer,
        Map<String, String> params,
        double nanos,
        OptionalDouble errorShare,
        Map<String, Double> figures) {

    /** Bytes allocated per item. */
    public static final String BYTES = "gc.alloc.rate.norm";

    /** Processor nanoseconds of the process per item. */
    public static final String CPU = "cpu.norm";

    /** Sorts the parameters by name. */
    public Measurement {
        params = new TreeMap<>(params);
        figures = Map.copyOf(figures);
    }

    /**
     * A figure that somebody published.
     *
     * @param work simple name of the benchmark's class that does the same
     * @param kind name of its method
     * @param params its parameters
     * @param peer who, and where it stands
     * @param perSecond items in a second
     * @return the figure
     */
    public static Measurement published(
            String work, String kind, Map<String, String> params, String peer, double perSecond) {
        return new Measurement(
                work, kind, peer, params, 1e9 / perSecond, OptionalDouble.empty(), Map.of());
    }

    /** {@return a figure by name, when it was measured} */
    OptionalDouble figure(String name) {
        Double value = figures.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** {@return what this is compared within: the same method with the same parameters} */
    Group group() {
        return new Group(work, kind, params);
    }

    /**
     * Measurements that are compared with each other.
     *
     * @param work simple name of the benchmark's class
     * @param kind name of the benchmark's method
     * @param params all parameters but the contender
     */
    record Group(String work, String kind, Map<String, String> params) {}

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
