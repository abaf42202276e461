package dev.flowir.benchmarks.durable;

import dev.flowir.benchmarks.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    private static final int NOT_HERE = 3;

    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

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
            Going.Counted counted = contender.get().run(into, callers, seconds);
            System.out.println(
                    "steps "
                            + counted.steps()
                            + " "
                            + counted.nanos()
                            + " "
                            + counted.processorNanos());
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
                    if (one.steps().isPresent() && many.steps().isPresent()) {
                        rates.computeIfAbsent(each, key -> new ArrayList<>())
                                .add(new Rates(one.steps().get(), many.steps().get()));
                    } else {
                        missing.put(each, one.steps().isPresent() ? many.said() : one.said());
                    }
                }
            }
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            Answer answer = ask(List.of("--own", figure.name()));
            figures.put(figure, Double.parseDouble(answer.word(1)));
        }
        String report =
                DurableReport.of(
                        Machine.inWords(), seconds, rounds, waiting, rates, missing, figures);
        Path page = into.resolve("durable.md");
        Files.writeString(page, report);
        System.out.println("report: " + page);
    }

    // ---- processes

    /**
     * What a process said.
     *
     * @param said its last line
     */
    private record Answer(String said) {

        Optional<Rate> steps() {
            if (!said.startsWith("steps ")) {
                return Optional.empty();
            }
            double steps = Double.parseDouble(word(1));
            double perSecond = steps * 1e9 / Double.parseDouble(word(2));
            boolean hasProcessor = said.split(" ", -1).length > 3;
            double micros = hasProcessor ? Double.parseDouble(word(3)) / 1e3 / steps : Double.NaN;
            return Optional.of(new Rate(perSecond, micros));
        }

        String word(int at) {
            return said.split(" ", -1)[at];
        }
    }

    private Answer ask(Contender each, int atATime) throws IOException, InterruptedException {
        Answer answer =
                each.isOfOurs()
                        ? ask(List.of("--contender", each.name(), "--callers", "" + atATime))
                        : run(
                                List.of(
                                        Path.of("scripts", "durable-peers").toString(),
                                        each.name().toLowerCase(Locale.ROOT),
                                        "" + atATime,
                                        "" + seconds,
                                        folder().toString()));
        System.out.println(each.title() + ", " + atATime + " at a time: " + answer.said());
        return answer;
    }

    /** Runs this program again, in a process and a folder of its own. */
    private Answer ask(List<String> what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx2g");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(DurableBench.class.getName());
        command.addAll(what);
        command.addAll(List.of("--seconds", "" + seconds, "--waiting", "" + waiting));
        command.addAll(List.of("--into", folder().toString()));
        return run(command);
    }

    private Path folder() {
        return into.resolve("data");
    }

    private Answer run(List<String> command) throws IOException, InterruptedException {
        delete(folder());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(into.resolve("process.log").toFile())
                        .start();
        int code = process.waitFor();
        delete(folder());
        // A peer's logger colours its lines, and may leave its last colour before an answer.
        List<String> lines =
                Files.readAllLines(into.resolve("process.log")).stream()
                        .map(line -> COLOURS.matcher(line).replaceAll(""))
                        .toList();
        if (code == NOT_HERE) {
            return new Answer(lines.isEmpty() ? "nothing was said" : lines.getLast());
        }
        Optional<String> answer =
                lines.stream()
                        .filter(line -> line.startsWith("steps ") || line.startsWith("figure "))
                        .findFirst();
        if (code != 0 || answer.isEmpty()) {
            throw new IllegalStateException(
                    command + " ended with " + code + ": " + String.join("\n", lines));
        }
        return new Answer(answer.get());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
