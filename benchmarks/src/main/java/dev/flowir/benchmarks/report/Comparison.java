package dev.flowir.benchmarks.report;

import dev.flowir.benchmarks.Peers;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What was measured of the contenders of one work under the same parameters.
 *
 * @param group the work and its parameters
 * @param rows cheapest first
 */
record Comparison(Measurement.Group group, List<Measurement> rows) {

    Comparison {
        rows = rows.stream().sorted(Comparator.comparingDouble(Measurement::nanos)).toList();
    }

    /** {@return the method and its parameters, for a heading} */
    String title() {
        String params =
                group.params().entrySet().stream()
                        .map(it -> ", " + it.getKey() + " " + it.getValue())
                        .collect(Collectors.joining());
        return group.kind() + params;
    }

    private static boolean isLibrary(Measurement row) {
        return !Peers.isOurs(row.peer()) && !Peers.isLoop(row.peer());
    }

    Optional<Measurement> best() {
        return rows.stream().filter(it -> Peers.isOurs(it.peer())).findFirst();
    }

    Optional<Measurement> bestLibrary() {
        return rows.stream().filter(Comparison::isLibrary).findFirst();
    }

    /** {@return what ratios are to: the cheapest library, else the cheapest row} */
    Measurement base() {
        return bestLibrary().orElse(rows.get(0));
    }

    /** {@return the heading of the column of ratios} */
    String baseName() {
        return bestLibrary().isPresent() ? "best library" : base().peer();
    }

    Optional<Measurement> opaque() {
        return rows.stream().filter(it -> it.peer().equals(Peers.OPAQUE)).findFirst();
    }

    /** {@return who wins, in words that follow from the figures; empty when there is no contest} */
    Optional<String> words() {
        if (best().isEmpty() || bestLibrary().isEmpty()) {
            return Optional.empty();
        }
        Measurement ours = best().get();
        Measurement library = bestLibrary().get();
        String winners =
                rows.stream()
                        .filter(it -> isLibrary(it) && it.nanos() < ours.nanos())
                        .map(it -> it.peer() + " by " + times(ours.nanos() / it.nanos()))
                        .collect(Collectors.joining(", "));
        String wall =
                winners.isEmpty()
                        ? ours.peer()
                                + " wins: the best library, "
                                + library.peer()
                                + ", takes "
                                + times(library.nanos() / ours.nanos())
                                + " the time."
                        : "Peers that win against " + ours.peer() + ": " + winners + ".";
        return Optional.of(wall + processor(ours));
    }

    private String processor(Measurement ours) {
        ToDoubleFunction<Measurement> cpu = it -> it.figure(Measurement.CPU).orElseThrow();
        Optional<Measurement> thriftiest =
                rows.stream()
                        .filter(it -> isLibrary(it) && it.figure(Measurement.CPU).isPresent())
                        .min(Comparator.comparingDouble(cpu));
        if (thriftiest.isEmpty() || ours.figure(Measurement.CPU).isEmpty()) {
            return "";
        }
        double ratio = cpu.applyAsDouble(thriftiest.get()) / cpu.applyAsDouble(ours);
        return ratio >= 1
                ? " In processor time the best library, "
                        + thriftiest.get().peer()
                        + ", takes "
                        + times(ratio)
                        + " as much."
                : " In processor time "
                        + thriftiest.get().peer()
                        + " wins by "
                        + times(1 / ratio)
                        + ".";
    }

    static String times(double ratio) {
        return String.format(Locale.ROOT, ratio < 10 ? "%.2f×" : "%.0f×", ratio);
    }
}
