package dev.flowir.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes one run of the benchmarks as Markdown with pictures beside it. */
public final class Report {

    /** Name of the Markdown file. */
    public static final String PAGE = "report.md";

    private final String machine;
    private final String mode;
    private final JmhResults results;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final StringBuilder page = new StringBuilder();

    private Report(String machine, String mode, JmhResults results) {
        this.machine = machine;
        this.mode = mode;
        this.results = results;
    }

    /**
     * Writes a report.
     *
     * @param machine processor, cores, memory and system, in words
     * @param mode how long it ran, in words
     * @param results what was measured
     * @param chapters the works; those without measurements are left out
     * @return text of each file by its name
     */
    public static Map<String, String> write(
            String machine, String mode, JmhResults results, List<Chapter> chapters) {
        Report report = new Report(machine, mode, results);
        List<Chapter> measured = chapters.stream().filter(it -> !report.of(it).isEmpty()).toList();
        report.top(measured);
        measured.forEach(report::chapter);
        report.files.put(PAGE, report.page.toString());
        return report.files;
    }

    /** What was measured, and beside it what was published about the same. */
    private List<Measurement> of(Chapter chapter) {
        List<Measurement> measured =
                results.measurements().stream()
                        .filter(it -> it.work().equals(chapter.work()))
                        .toList();
        Set<Measurement.Group> groups =
                measured.stream().map(Measurement::group).collect(Collectors.toSet());
        return Stream.concat(
                        measured.stream(),
                        chapter.published().stream().filter(it -> groups.contains(it.group())))
                .toList();
    }

    private void top(List<Chapter> chapters) {
        line("# Benchmark report");
        line("");
        line("Machine: " + machine + ". JVM: " + results.jvm() + ". " + mode);
        line("");
        line(
                "Costs are per item: less is better. A time is that of the middle iteration; ± is"
                        + " JMH's error (99.9 %) of the mean. *CPU* is processor time of the whole"
                        + " process, with its collector and compiler: on a busy machine it says"
                        + " more than time does. Ratios are to contenders of the same run. *Inline*"
                        + " is a loop whose bodies the compiler sees through; *opaque* one whose"
                        + " bodies it may not inline. Before a contender is measured it has run"
                        + " other flows, and its results have been checked.");
        line("");
        line("## Goals");
        line("");
        line("| Work | Goal | Measured | Verdict | Measured in processor time | Verdict |");
        line("|---|---|---|---|---|---|");
        for (Chapter chapter : chapters) {
            for (Goal goal : chapter.goals()) {
                line(goalRow(chapter, goal));
            }
        }
        line("");
    }

    private String goalRow(Chapter chapter, Goal goal) {
        List<Measurement> measurements = of(chapter);
        StringBuilder row = new StringBuilder("| ").append(chapter.id());
        cell(row, goal.text());
        verdict(row, goal, goal.judge(measurements));
        Optional<Goal> byProcessor = goal.byProcessor();
        if (byProcessor.isPresent()) {
            verdict(row, byProcessor.get(), byProcessor.get().judge(measurements));
        } else {
            cell(row, "–");
            cell(row, "–");
        }
        return row.append(" |").toString();
    }

    private static void verdict(StringBuilder row, Goal goal, Goal.Verdict verdict) {
        cell(
                row,
                switch (verdict) {
                    case Goal.Met met -> measured(goal, met.measured());
                    case Goal.Missed missed -> measured(goal, missed.measured());
                    case Goal.NotMeasured nothing -> "–";
                });
        cell(row, verdict.words());
    }

    private static String measured(Goal goal, double number) {
        if (goal.against().isPresent()) {
            return String.format(
                    Locale.ROOT,
                    "%s× the cost (bound %s×)",
                    Numbers.digits(number),
                    Numbers.digits(goal.atMost()));
        }
        return String.format(
                Locale.ROOT,
                "%s (bound %s)",
                Numbers.digits(number),
                Numbers.digits(goal.atMost()));
    }

    private void chapter(Chapter chapter) {
        line("## " + chapter.id() + ": " + chapter.title());
        line("");
        line(chapter.text());
        line("");
        Map<Measurement.Group, List<Measurement>> groups =
                of(chapter).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Measurement::group,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        groups.forEach((group, rows) -> comparison(chapter, new Comparison(group, rows)));
    }

    private void comparison(Chapter chapter, Comparison comparison) {
        line("### " + chapter.id() + " " + comparison.title());
        line("");
        comparison
                .words()
                .ifPresent(words -> {
                    line(words);
                    line("");
                });
        table(comparison, chapter.item());
        String picture =
                (chapter.id() + "-" + comparison.title())
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9]+", "-")
                        + ".svg";
        files.put(picture, Bars.svg(comparison, chapter.item()));
        line("![Bars of " + chapter.id() + " " + comparison.title() + "](" + picture + ")");
        line("");
    }

    private void table(Comparison comparison, String item) {
        boolean opaque = comparison.opaque().isPresent();
        List<String> own =
                comparison.rows().stream()
                        .flatMap(row -> row.figures().keySet().stream())
                        .filter(name -> !name.startsWith("gc.") && !name.equals(Measurement.CPU))
                        .distinct()
                        .sorted()
                        .toList();
        StringBuilder head = new StringBuilder("| Contender | time per " + item + " | ± | CPU | B");
        StringBuilder rule = new StringBuilder("|---|--:|--:|--:|--:");
        for (String column : columns(comparison, opaque, own)) {
            head.append(" | ").append(column);
            rule.append("|--:");
        }
        line(head + " |");
        line(rule + "|");
        comparison.rows().forEach(row -> line(row(comparison, row, opaque, own)));
        line("");
    }

    private static List<String> columns(Comparison comparison, boolean opaque, List<String> own) {
        List<String> columns = new ArrayList<>();
        if (opaque) {
            columns.add("time ÷ opaque");
        }
        columns.add("time ÷ " + comparison.baseName());
        columns.add("CPU ÷ " + comparison.baseName());
        columns.addAll(own);
        return columns;
    }

    private static String row(
            Comparison comparison, Measurement row, boolean opaque, List<String> own) {
        OptionalDouble cpu = row.figure(Measurement.CPU);
        OptionalDouble baseCpu = comparison.base().figure(Measurement.CPU);
        StringBuilder text = new StringBuilder("| ");
        text.append(row.peer());
        cell(text, Numbers.time(row.nanos()));
        cell(text, Numbers.share(row.errorShare()));
        cell(text, cpu.isEmpty() ? "–" : Numbers.time(cpu.getAsDouble()));
        cell(text, Numbers.bytes(row.figure(Measurement.BYTES)));
        if (opaque) {
            cell(text, Numbers.digits(row.nanos() / comparison.opaque().orElse(row).nanos()));
        }
        cell(text, Numbers.digits(row.nanos() / comparison.base().nanos()));
        cell(
                text,
                cpu.isEmpty() || baseCpu.isEmpty()
                        ? "–"
                        : Numbers.digits(cpu.getAsDouble() / baseCpu.getAsDouble()));
        for (String name : own) {
            OptionalDouble figure = row.figure(name);
            cell(text, figure.isEmpty() ? "–" : Numbers.digits(figure.getAsDouble()));
        }
        return text.append(" |").toString();
    }

    private static void cell(StringBuilder text, String value) {
        text.append(" | ").append(value);
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
