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
     */
    record Load(String methods, Map<String, List<String>> params) {

        static Load of(String methods, List<String> peers) {
            return new Load(methods, Map.of("peer", peers));
        }

        Load with(String name, String... values) {
            Map<String, List<String>> all = new java.util.TreeMap<>(params);
            all.put(name, List.of(values));
            return new Load(methods, all);
        }
    }
}
