package dev.flowir.benchmarks.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What JMH wrote as JSON.
 *
 * @param jvm name and version of the JVM
 * @param measurements in the order of the run
 */
public record JmhResults(String jvm, List<Measurement> measurements) {

    /** Copies the list. */
    public JmhResults {
        measurements = List.copyOf(measurements);
    }

    /**
     * Reads results.
     *
     * @param json an array as JMH writes it
     * @return the results
     */
    public static JmhResults read(String json) {
        JsonNode all = new JsonMapper().readTree(json);
        List<Measurement> measurements = new ArrayList<>();
        String jvm = "no JVM";
        for (JsonNode one : all) {
            jvm = one.path("vmName").asString() + " " + one.path("vmVersion").asString();
            measurements.add(measurement(one));
        }
        return new JmhResults(jvm, measurements);
    }

    private static Measurement measurement(JsonNode one) {
        String[] path = one.path("benchmark").asString().split("\\.", -1);
        Map<String, String> params = new HashMap<>();
        one.path("params")
                .propertyStream()
                .forEach(it -> params.put(it.getKey(), it.getValue().asString()));
        String peer = params.remove("peer");
        JsonNode primary = one.path("primaryMetric");
        double score = primary.path("score").asDouble();
        return new Measurement(
                path[path.length - 2],
                path[path.length - 1],
                peer == null ? "" : peer,
                params,
                nanosPerItem(middle(primary, score), primary.path("scoreUnit").asString()),
                share(primary.path("scoreError"), score),
                figures(one.path("secondaryMetrics")));
    }

    private static double middle(JsonNode metric, double score) {
        List<Double> raw = new ArrayList<>();
        for (JsonNode fork : metric.path("rawData")) {
            fork.forEach(value -> raw.add(value.asDouble()));
        }
        return raw.isEmpty() ? score : Measurement.median(raw);
    }

    private static Map<String, Double> figures(JsonNode metrics) {
        Map<String, Double> figures = new HashMap<>();
        metrics.propertyStream()
                .forEach(it ->
                        figures.put(
                                it.getKey().replace("·", ""),
                                middle(it.getValue(), it.getValue().path("score").asDouble())));
        return figures;
    }

    /** JMH writes "NaN" where there are too few iterations. */
    private static OptionalDouble share(JsonNode error, double score) {
        return error.isNumber() && score != 0
                ? OptionalDouble.of(error.asDouble() / score)
                : OptionalDouble.empty();
    }

    private static double nanosPerItem(double score, String unit) {
        return switch (unit) {
            case "ns/op" -> score;
            case "us/op" -> score * 1e3;
            case "ms/op" -> score * 1e6;
            case "s/op" -> score * 1e9;
            case "ops/ns" -> 1 / score;
            case "ops/us" -> 1e3 / score;
            case "ops/ms" -> 1e6 / score;
            case "ops/s" -> 1e9 / score;
            default -> throw new IllegalArgumentException("a unit of JMH's that is new: " + unit);
        };
    }
}
