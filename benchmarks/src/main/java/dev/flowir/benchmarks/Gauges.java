package dev.flowir.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Figures that a work measures itself, once, while it is prepared. */
public final class Gauges implements InternalProfiler {

    private static final Map<String, Double> FIGURES = new ConcurrentHashMap<>();

    /** For JMH. */
    public Gauges() {}

    /**
     * Sets a figure for the contender that is being prepared.
     *
     * @param name its name in the report, with its unit
     * @param value the figure
     */
    public static void set(String name, double value) {
        FIGURES.put(name, value);
    }

    @Override
    public String getDescription() {
        return "figures that works measure themselves";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        // set while the work was prepared
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        List<ScalarResult> results =
                FIGURES.entrySet().stream()
                        .map(it ->
                                new ScalarResult(
                                        it.getKey(), it.getValue(), "#", AggregationPolicy.AVG))
                        .toList();
        return results;
    }
}
