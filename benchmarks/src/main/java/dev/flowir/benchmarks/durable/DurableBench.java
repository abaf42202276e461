package dev.flowir.benchmarks.durable;

import dev.flowir.benchmarks.Machine;
import dev.flowir.benchmarks.processes.Answer;
import dev.flowir.benchmarks.processes.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures durable steps beside their peers, all on one disk, each in processes of its own, one
 * after the other: the program behind {@code ./bench durable}.
 */
@Command(
        name = "bench durable",
        mixinStandardHelpOptions = true,
        description = "Measures durable steps beside their peers and writes one report.")
public final class DurableBench implements Callable<Integer> {

    @Option(
            names = "--seconds",
            description = "Of each measurement, the first half to warm up; ${DEFAULT-VALUE}.")
    private int seconds = 16;

    @Option(
            names = "--rounds",
            description = "Of all contenders; the middle counts; ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--waiting",
            description = "Runs that wait at a time, by hundreds; ${DEFAULT-VALUE}.")
    private int waiting = 100_000;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Where data and the report go; ${DEFAULT-VALUE} unless told.")
    private Path into = Path.of("target/bench/durable");

    @Option(names = "--contender", hidden = true)
    private Optional<Contender> contender = Optional.empty();

    @Option(names = "--own", hidden = true)
    private Optional<Figure> own = Optional.empty();

    @Option(names = "--callers", hidden = true)
    private int callers = 1;

    private DurableBench() {}

    /**
     * Runs.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DurableBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(into);
        if (contender.isPresent()) {
            System.out.println(contender.get().run(into, callers, seconds).inWords());
        } else if (own.isPresent()) {
            System.out.println("figure " + own.get().measure(into.resolve("own.db"), waiting));
        } else {
            measure();
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure() throws IOException, InterruptedException {
        Map<Contender, List<Rates>> rates = new EnumMap<>(Contender.class);
        Map<Contender, String> missing = new EnumMap<>(Contender.class);
        for (int round = 0; round < rounds; round++) {
            for (Contender each : Contender.values()) {
                if (!missing.containsKey(each)) {
                    Answer one = ask(each, 1);
                    Answer many = ask(each, Rates.MANY);
                    if (one.rate().isPresent() && many.rate().isPresent()) {
                        rates.computeIfAbsent(each, key -> new ArrayList<>())
                                .add(new Rates(one.rate().get(), many.rate().get()));
                    } else {
                        missing.put(each, one.rate().isPresent() ? many.said() : one.said());
                    }
                }
            }
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            Answer answer = ask(List.of("--own", figure.name()));
            figures.put(figure, answer.number(1));
        }
        String report =
                DurableReport.of(
                        Machine.inWords(), seconds, rounds, waiting, rates, missing, figures);
        Path page = into.resolve("durable.md");
        Files.writeString(page, report);
        System.out.println("report: " + page);
    }

    private Answer ask(Contender each, int atATime) throws IOException, InterruptedException {
        Answer answer =
                each.isOfOurs()
                        ? ask(List.of("--contender", each.name(), "--callers", "" + atATime))
                        : children()
                                .peer(
                                        List.of(
                                                each.name().toLowerCase(Locale.ROOT),
                                                "" + atATime,
                                                "" + seconds,
                                                children().folder().toString()));
        System.out.println(each.title() + ", " + atATime + " at a time: " + answer.said());
        return answer;
    }

    private Answer ask(List<String> what) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(what);
        words.addAll(List.of("--seconds", "" + seconds, "--waiting", "" + waiting));
        words.addAll(List.of("--into", children().folder().toString()));
        return children().again("2g", words);
    }

    private Children children() {
        return new Children(DurableBench.class, into);
    }
}
