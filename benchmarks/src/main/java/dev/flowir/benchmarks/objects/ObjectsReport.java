package dev.flowir.benchmarks.objects;

import dev.flowir.benchmarks.processes.Rate;
import dev.flowir.benchmarks.report.Bars;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The report in Markdown, with its pictures. Goals are those of the project, met or not. */
final class ObjectsReport {

    private static final double MEBIBYTE = 1 << 20;

    /** Most bytes of heap for an object that nobody calls. */
    private static final double IDLE_BYTES = 200;

    private final Map<Work, Map<Contender, Rate>> rates;
    private final Map<Contender, String> missing;
    private final StringBuilder text = new StringBuilder();

    /**
     * How much was measured.
     *
     * @param seconds of each measurement
     * @param rounds of all
     * @param blobMebibytes of the blob
     * @param idle objects that nobody calls
     */
    record Sizes(int seconds, int rounds, int blobMebibytes, int idle) {}

    ObjectsReport(Map<Work, Map<Contender, Rate>> rates, Map<Contender, String> missing) {
        this.rates = rates;
        this.missing = missing;
    }

    String text(String machine, Sizes sizes, Moves moves, Idle idle) {
        line("# Objects and blobs beside their peers");
        line("");
        line("Written by `./bench objects`, which makes yours. " + machine + ".");
        line("");
        line(
                "All contenders have one machine and one disk, one after the other, each in"
                        + " processes of its own, for %d s of which the first half warms up%s."
                                .formatted(
                                        sizes.seconds(),
                                        sizes.rounds() == 1
                                                ? ", once"
                                                : ", in "
                                                        + sizes.rounds()
                                                        + " rounds of which the middle is shown")
                        + " On a machine that does other things too, look at the processor's time."
                        + " A message counts one up and asks for the number. One that writes counts"
                        + " when its answer is back, which is after it is on the disk. *Processor*"
                        + " is that of the contender's process; where a database server works too"
                        + " it is not shown. *The store alone* is one statement for each message,"
                        + " which shares commits as the objects' do; *file* knows nothing but"
                        + " records of 64 bytes. Pekko's actors are typed ones, sharded over a"
                        + " cluster of one node; its persistence adds an event to a journal.");
        for (Work work : rates.keySet()) {
            line("");
            line("## " + work.title());
            line("");
            table(work);
            line("");
            line("![" + work.title() + "](" + picture(work) + ")");
        }
        missing.forEach((who, why) -> line("\nNot here: " + who.title() + ": " + why));
        line("");
        blobs(sizes, moves);
        line("");
        line("## Goals");
        line("");
        line("| goal | measured | | in processor time |");
        line("|---|--:|---|--:|");
        Goal.ALL.forEach(this::goal);
        ratio(moves, Move.PUT, Move.COPY_FLUSHED);
        ratio(moves, Move.GET, Move.COPY);
        row(
                "a blob moves in 32 MiB of heap, whatever its size",
                "%.0f MiB at most".formatted(moves.peakBytes() / MEBIBYTE),
                moves.peakBytes() <= 32 * MEBIBYTE);
        String objects = "%,d objects that nobody calls: ".formatted(sizes.idle());
        row(objects + "no thread", "" + idle.threads(), idle.threads() == 0);
        bytes(objects + "≤ 200 bytes of heap each, asleep", idle.asleep());
        bytes(objects + "≤ 200 bytes of heap each, still in memory", idle.awake());
        line("");
        line(
                "An object is asleep when nobody has called it for 10 s, or before, when 100,000"
                        + " others are awake; the last row is what each of them takes until then.");
        return text.toString();
    }

    private void table(Work work) {
        line("| | messages/s | processor, µs a message | time of ours |");
        line("|---|--:|--:|--:|");
        Map<Contender, Rate> measured = rates.getOrDefault(work, Map.of());
        Optional<Rate> ours =
                measured.entrySet().stream()
                        .filter(it -> it.getKey().kind() == Bars.Kind.OURS)
                        .map(Map.Entry::getValue)
                        .findFirst();
        measured.forEach((who, rate) ->
                line(
                        "| %s | %s | %s | %s |"
                                .formatted(
                                        who.title(),
                                        String.format(Locale.ROOT, "%,.0f", rate.perSecond()),
                                        Double.isNaN(rate.micros())
                                                ? ""
                                                : number("%.2f", rate.micros()),
                                        ours.map(it ->
                                                        number(
                                                                "%.2f ×",
                                                                it.perSecond() / rate.perSecond()))
                                                .orElse(""))));
    }

    private void blobs(Sizes sizes, Moves moves) {
        line("## A blob of %,d MiB".formatted(sizes.blobMebibytes()));
        line("");
        line(
                "A process with 64 MiB of heap, %d rounds of which the middle is shown. A put counts"
                                .formatted(sizes.rounds() + 1)
                        + " the MD5 and the CRC32C of all bytes and is on the disk when it ends; a get"
                        + " compares the CRC32C. `Files.copy` does neither, and the kernel moves the"
                        + " bytes by itself.");
        line("");
        line("| | MiB/s | processor, ms a GiB |");
        line("|---|--:|--:|");
        moves.rates()
                .forEach((move, rate) ->
                        line(
                                "| %s | %s | %s |"
                                        .formatted(
                                                move.title(),
                                                number("%.0f", rate.perSecond() / MEBIBYTE),
                                                number("%.0f", rate.micros() * MEBIBYTE * 1.024))));
    }

    private void goal(Goal goal) {
        Optional<Rate> ours = rate(goal.ours());
        Optional<Rate> other = rate(goal.other());
        if (ours.isEmpty() || other.isEmpty()) {
            line("| %s | | not measured | |".formatted(goal.text()));
        } else {
            double is = ours.get().perSecond() / other.get().perSecond();
            double processor = other.get().micros() / ours.get().micros();
            row(
                    goal.text(),
                    number("%.2f ×", is),
                    is >= goal.least(),
                    Double.isNaN(processor) ? "" : number("%.2f ×", processor));
        }
    }

    private Optional<Rate> rate(Goal.Pair pair) {
        return Optional.ofNullable(rates.getOrDefault(pair.work(), Map.of()).get(pair.who()));
    }

    private void ratio(Moves moves, Move ours, Move other) {
        double is = perSecond(moves, ours) / perSecond(moves, other);
        row(ours.title() + ": ≥ 0.9 × " + other.title(), number("%.2f ×", is), is >= 0.9);
    }

    private static double perSecond(Moves moves, Move move) {
        return moves.rates().getOrDefault(move, new Rate(Double.NaN, Double.NaN)).perSecond();
    }

    private void bytes(String goal, double is) {
        row(goal, number("%.0f", is), is <= IDLE_BYTES);
    }

    private void row(String goal, String is, boolean met) {
        row(goal, is, met, "");
    }

    private void row(String goal, String is, boolean met, String processor) {
        line(
                "| %s | %s | %s | %s |"
                        .formatted(goal, is, met ? "met" : "**falls short**", processor));
    }

    private static String picture(Work work) {
        return "objects-" + work.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
    }

    /** Pictures by name. */
    Map<String, String> pictures() {
        Map<String, String> all = new LinkedHashMap<>();
        rates.forEach((work, measured) -> {
            List<Bars.Bar> bars =
                    measured.entrySet().stream()
                            .map(it ->
                                    new Bars.Bar(
                                            it.getKey().title(),
                                            1e9 / it.getValue().perSecond(),
                                            it.getKey().kind()))
                            .sorted(Comparator.comparingDouble(Bars.Bar::nanos))
                            .toList();
            all.put(picture(work), Bars.svg(work.title(), "message", bars));
        });
        return all;
    }

    private static String number(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
