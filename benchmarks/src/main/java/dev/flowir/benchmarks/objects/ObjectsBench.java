package dev.flowir.benchmarks.objects;

import dev.flowir.benchmarks.Machine;
import dev.flowir.benchmarks.processes.Answer;
import dev.flowir.benchmarks.processes.Children;
import dev.flowir.benchmarks.processes.Rate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures durable objects and blobs beside their peers, all on one disk, each in processes of its
 * own, one after the other: the program behind {@code ./bench objects}.
 */
@Command(
        name = "bench objects",
        mixinStandardHelpOptions = true,
        description =
                "Measures durable objects and blobs beside their peers and writes one report.")
public final class ObjectsBench implements Callable<Integer> {

    private static final long MEBIBYTE = 1 << 20;

    @Option(
            names = "--seconds",
            description = "Of each measurement, the first half to warm up; ${DEFAULT-VALUE}.")
    private int seconds = 8;

    @Option(
            names = "--rounds",
            description = "Of all contenders; the middle counts; ${DEFAULT-VALUE}.")
    private int rounds = 1;

    @Option(names = "--idle", description = "Objects that nobody calls; ${DEFAULT-VALUE}.")
    private int idle = 200_000;

    @Option(
            names = "--blob",
            paramLabel = "MIB",
            description =
                    "Size of the blob in MiB; three times that much of the disk has to be free;"
                            + " ${DEFAULT-VALUE}.")
    private int blob = 1024;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Where data and the report go; ${DEFAULT-VALUE} unless told.")
    private Path into = Path.of("target/bench/objects");

    @Option(
            names = "--only",
            paramLabel = "WORK",
            description = "One work and no report: ${COMPLETION-CANDIDATES}.")
    private Optional<Work> only = Optional.empty();

    @Option(names = "--contender", hidden = true)
    private Optional<Contender> contender = Optional.empty();

    @Option(names = "--figure", hidden = true)
    private Optional<Figure> figure = Optional.empty();

    /** What has no contenders. */
    private enum Figure {
        MOVES,
        IDLE
    }

    private ObjectsBench() {}

    /**
     * Runs.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ObjectsBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(into);
        if (contender.isPresent()) {
            Work work = only.orElseThrow();
            System.out.println(
                    contender.get().run(into, work.callers(), work.objects(), seconds).inWords());
        } else if (figure.isPresent()) {
            System.out.println(
                    switch (figure.get()) {
                        case MOVES -> Moves.measure(into, blob * MEBIBYTE, rounds + 1).inWords();
                        case IDLE -> Idle.measure(into.resolve("idle.db"), idle).inWords();
                    });
        } else if (only.isPresent()) {
            measure(List.of(only.get()), new EnumMap<>(Contender.class));
        } else {
            report();
        }
        return CommandLine.ExitCode.OK;
    }

    private void report() throws IOException, InterruptedException {
        Map<Contender, String> missing = new EnumMap<>(Contender.class);
        Map<Work, Map<Contender, Rate>> rates = measure(List.of(Work.values()), missing);
        Moves moves = Moves.of(ask(Moves.HEAP, "--figure", Figure.MOVES.name()));
        Idle asleep = Idle.of(ask("2g", "--figure", Figure.IDLE.name()));
        ObjectsReport report = new ObjectsReport(rates, missing);
        Path page = into.resolve("objects.md");
        Files.writeString(
                page,
                report.text(
                        Machine.inWords() + ", JDK " + Runtime.version() + busy(),
                        new ObjectsReport.Sizes(seconds, rounds, blob, idle),
                        moves,
                        asleep));
        for (Map.Entry<String, String> picture : report.pictures().entrySet()) {
            Files.writeString(into.resolve(picture.getKey()), picture.getValue());
        }
        System.out.println("report: " + page);
    }

    /** What a reader has to know about a machine that did other things too. */
    private static String busy() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load <= 2 * Runtime.getRuntime().availableProcessors()
                ? ""
                : ". **The machine had other things to do**: programs that waited for a core were"
                        + " not warm in time, and neither rates nor their ratios are what they can"
                        + " do. Make your own on a quiet one";
    }

    private Map<Work, Map<Contender, Rate>> measure(
            List<Work> works, Map<Contender, String> missing)
            throws IOException, InterruptedException {
        Map<Work, Map<Contender, List<Rate>>> all = new EnumMap<>(Work.class);
        for (int round = 0; round < rounds; round++) {
            for (Work work : works) {
                for (Contender each : work.contenders()) {
                    if (!missing.containsKey(each)) {
                        Answer answer = ask(work, each);
                        System.out.println(
                                work.title() + ": " + each.title() + ": " + answer.said());
                        Optional<Rate> rate = answer.rate();
                        if (rate.isEmpty()) {
                            missing.put(each, answer.said());
                        } else {
                            all.computeIfAbsent(work, key -> new EnumMap<>(Contender.class))
                                    .computeIfAbsent(each, key -> new ArrayList<>())
                                    .add(rate.get());
                        }
                    }
                }
            }
        }
        Map<Work, Map<Contender, Rate>> middle = new EnumMap<>(Work.class);
        all.forEach((work, rates) ->
                rates.forEach((who, each) ->
                        middle.computeIfAbsent(work, key -> new EnumMap<>(Contender.class))
                                .put(who, Rate.middle(each))));
        return middle;
    }

    private Answer ask(Work work, Contender each) throws IOException, InterruptedException {
        if (each.work().isEmpty()) {
            return ask("2g", "--only", work.name(), "--contender", each.name());
        }
        return children()
                .peer(
                        List.of(
                                "pekko",
                                "" + work.callers(),
                                "" + seconds,
                                children().folder().toString(),
                                each.work().get(),
                                "" + work.objects()));
    }

    private Answer ask(String heap, String... what) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(what));
        words.addAll(List.of("--seconds", "" + seconds, "--rounds", "" + rounds));
        words.addAll(List.of("--blob", "" + blob, "--idle", "" + idle));
        words.addAll(List.of("--into", children().folder().toString()));
        return children().again(heap, words);
    }

    private Children children() {
        return new Children(ObjectsBench.class, into);
    }
}
