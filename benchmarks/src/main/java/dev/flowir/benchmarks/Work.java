package dev.flowir.benchmarks;

import dev.flowir.benchmarks.report.Chapter;
import java.util.List;
import java.util.Map;

/**
 * What is run, and how it is told.
 *
 * @param chapter the telling
 * @param loads what is run in both modes
 * @param fullLoads what is run in full mode only
 */
record Work(Chapter chapter, List<Load> loads, List<Load> fullLoads) {

    /**
     * A choice of methods and parameters of the work's benchmark.
     *
     * @param methods name of a method; empty for all
     * @param params values by parameter
     * @param warmUps quarters of a second before it is measured in the short mode
     */
    record Load(String methods, Map<String, List<String>> params, int warmUps) {

        /** Preparing a contender runs it and other flows until the JIT is done with most. */
        private static final int WARM_UPS = 3;

        static Load of(String methods, List<String> peers) {
            return new Load(methods, Map.of("peer", peers), WARM_UPS);
        }

        Load with(String name, String... values) {
            Map<String, List<String>> all = new java.util.TreeMap<>(params);
            all.put(name, List.of(values));
            return new Load(methods, all, warmUps);
        }

        /** The same with more to warm up, where little is run in a quarter of a second. */
        Load warmedUp(int quarters) {
            return new Load(methods, params, quarters);
        }
    }
}
