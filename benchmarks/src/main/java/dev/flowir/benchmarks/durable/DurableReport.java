package dev.flowir.benchmarks.durable;

import dev.flowir.benchmarks.processes.Rate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The report in Markdown. Goals are those of the project, met or not. */
final class DurableReport {

    private final Map<Contender, List<Rates>> rates;
    private final StringBuilder text = new StringBuilder();

    private DurableReport(Map<Contender, List<Rates>> rates) {
        this.rates = rates;
    }

    static String of(
            String machine,
            int seconds,
            int rounds,
            int waiting,
            Map<Contender, List<Rates>> rates,
            Map<Contender, String> missing,
            Map<Figure, Double> figures) {
        DurableReport report = new DurableReport(rates);
        report.line("# Durable steps beside their peers");
        report.line("");
        report.line("Written by `./bench durable`, which makes yours. " + machine + ".");
        report.line("");
        report.line(
                "A run has 20 steps, each of which gives 200 bytes and does nothing else. All"
                        + " contenders write to one disk, one after the other, each in processes of"
                        + " its own, %d s of which the first half warms up, in %d rounds; the"
                                .formatted(seconds, rounds)
                        + " middle one is shown. A step counts when it is on the disk. File and"
                        + " SQLite know no runs: they add a record of 230 bytes and flush, up to"
                        + " 256 of them at once, and are the most that any journal could do there.");
        report.line("");
        report.steps();
        missing.forEach((who, why) -> report.line("\nNot here: " + who.title() + ": " + why));
        report.line("");
        report.goals(waiting, figures);
        return report.text.toString();
    }

    private void steps() {
        line("| | one run at a time, steps/s | 256 runs, steps/s | processor, µs a step at 256 |");
        line("|---|--:|--:|--:|");
        for (Contender each : rates.keySet()) {
            Rate many = of(each, Rates::many);
            line(
                    "| %s | %,.0f | %,.0f | %s |"
                            .formatted(
                                    each.title(),
                                    of(each, Rates::one).perSecond(),
                                    many.perSecond(),
                                    Double.isNaN(many.micros())
                                            ? ""
                                            : String.format(Locale.ROOT, "%.1f", many.micros())));
        }
    }

    private void goals(int waiting, Map<Figure, Double> figures) {
        line("| goal | measured | |");
        line("|---|--:|---|");
        ratio("one run: ≥ 0.8 × one `fdatasync` a step", Contender.FILE, Rates::one, 0.8);
        ratio("256 runs: ≥ 0.7 × bare SQLite", Contender.SQLITE, Rates::many, 0.7);
        ratio("256 runs: ≥ 10 × DBOS", Contender.DBOS, Rates::many, 10);
        ratio("256 runs: ≥ 10 × Restate", Contender.RESTATE, Rates::many, 10);
        atMost(
                "bytes of the journal a step besides its payload",
                figures.getOrDefault(Figure.BYTES, Double.NaN),
                64);
        atMost(
                "bytes of heap for each of %,d runs that wait".formatted(waiting),
                figures.getOrDefault(Figure.HEAP, Double.NaN),
                2048);
        atMost(
                "seconds until %,d runs in flight are begun again".formatted(Figure.IN_FLIGHT),
                figures.getOrDefault(Figure.RECOVERY, Double.NaN),
                5);
    }

    private void ratio(String goal, Contender other, Function<Rates, Rate> which, double least) {
        if (rates.containsKey(other) && rates.containsKey(Contender.FLOW)) {
            double is = of(Contender.FLOW, which).perSecond() / of(other, which).perSecond();
            row(goal, "%.2f ×".formatted(is), is >= least);
        } else {
            line("| %s | | not measured |".formatted(goal));
        }
    }

    private void atMost(String what, double is, double most) {
        row("≤ %,.0f %s".formatted(most, what), "%,.1f".formatted(is), is <= most);
    }

    private void row(String goal, String is, boolean met) {
        line("| %s | %s | %s |".formatted(goal, is, met ? "met" : "**falls short**"));
    }

    private Rate of(Contender who, Function<Rates, Rate> which) {
        return Rates.middle(rates.getOrDefault(who, List.of()), which);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
