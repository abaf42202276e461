package dev.flowir.benchmarks.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Points at one number of a run: the cheapest of some contenders.
 *
 * @param kind name of the benchmark's method
 * @param params the other parameters that must be as named; others may be anything
 * @param peers contenders, of whom the cheapest counts
 * @param name {@link #WALL} or the name of a further figure
 */
public record Figure(String kind, Map<String, String> params, List<String> peers, String name) {

    /** Wall time per item. */
    public static final String WALL = "wall";

    /**
     * Wall time per item.
     *
     * @param kind name of the benchmark's method
     * @param peers contenders, of whom the cheapest counts
     * @return the figure
     */
    public static Figure wall(String kind, String... peers) {
        return new Figure(kind, Map.of(), List.of(peers), WALL);
    }

    /**
     * The same with a parameter.
     *
     * @param param its name
     * @param value what it must be
     * @return the figure
     */
    public Figure with(String param, String value) {
        Map<String, String> all = new TreeMap<>(params);
        all.put(param, value);
        return new Figure(kind, all, peers, name);
    }

    /**
     * Another number of the same contenders.
     *
     * @param newName its name
     * @return the figure
     */
    public Figure of(String newName) {
        return new Figure(kind, params, peers, newName);
    }

    boolean isWall() {
        return name.equals(WALL);
    }

    OptionalDouble in(Collection<Measurement> measurements) {
        return measurements.stream()
                .filter(it -> it.kind().equals(kind) && peers.contains(it.peer()))
                .filter(it -> it.params().entrySet().containsAll(params.entrySet()))
                .map(it -> isWall() ? OptionalDouble.of(it.nanos()) : it.figure(name))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .min();
    }
}
