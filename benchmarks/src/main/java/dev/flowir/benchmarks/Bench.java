package dev.flowir.benchmarks;

import dev.flowir.benchmarks.Work.Load;
import dev.flowir.benchmarks.report.JmhResults;
import dev.flowir.benchmarks.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the works and writes the report: the program behind {@code ./bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = Profiling.class,
        description = "Measures flows beside their peers and writes one report.")
public final class Bench implements Callable<Integer> {

    private static final String RAW = "jmh.json";

    @Option(names = "--full", description = "All contenders, longer: an hour or two.")
    private boolean full;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WORK",
            description = "Only these works, for example W2 or W1a,W2.")
    private List<String> only = List.of();

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Where the report goes; ${DEFAULT-VALUE} unless told.")
    private Path into = Path.of("target/bench");

    @Option(
            names = "--again",
            description = "Measure nothing; write the report from the results that are there.")
    private boolean again;

    @Option(names = "--peers", split = ",", hidden = true)
    private List<String> peers = List.of();

    private Bench() {}

    /**
     * Runs.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        List<Work> works =
                Works.all().stream()
                        .filter(it -> only.isEmpty() || only.contains(it.chapter().id()))
                        .toList();
        if (works.isEmpty()) {
            System.err.println("no such work: " + only);
            return CommandLine.ExitCode.USAGE;
        }
        Files.createDirectories(into);
        long started = System.nanoTime();
        if (!again) {
            List<RunResult> results = new ArrayList<>();
            for (Work work : works) {
                for (Load load : work.loads()) {
                    results.addAll(run(work, load));
                }
                for (Load load : full ? work.fullLoads() : List.<Load>of()) {
                    results.addAll(run(work, load));
                }
            }
            Files.writeString(into.resolve(RAW), json(results));
        }
        String mode =
                again
                        ? "Written again from recorded results."
                        : String.format(
                                "%s mode, %d minutes.",
                                full ? "Full" : "Short",
                                Math.round((System.nanoTime() - started) / 60e9));
        Map<String, String> files =
                Report.write(
                        Machine.inWords(),
                        mode,
                        JmhResults.read(Files.readString(into.resolve(RAW))),
                        works.stream().map(Work::chapter).toList());
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(into.resolve(file.getKey()), file.getValue());
        }
        System.out.println("report: " + into.resolve(Report.PAGE));
        return CommandLine.ExitCode.OK;
    }

    /** How each process of a load is started. */
    static ChainedOptionsBuilder measuring(Work work, Load load) {
        return new OptionsBuilder()
                .include("\\." + work.chapter().work() + "\\." + load.methods() + "$")
                .forks(1)
                .shouldFailOnError(true)
                .jvmArgs(
                        "-Xms1g",
                        "-Xmx3g",
                        "-XX:+UseG1GC",
                        "--sun-misc-unsafe-memory-access=allow");
    }

    /**
     * Measures a load. Iterations are many and short rather than few and long: in the same time the
     * error of their mean is a third, since one bad moment spoils less of it.
     */
    private List<RunResult> run(Work work, Load load) throws RunnerException {
        ChainedOptionsBuilder options =
                measuring(work, load)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(ProcessCpu.class)
                        .addProfiler(Gauges.class)
                        .warmupIterations(full ? 5 : load.warmUps())
                        .warmupTime(TimeValue.milliseconds(full ? 1000 : 250))
                        .measurementIterations(full ? 20 : 12)
                        .measurementTime(TimeValue.milliseconds(full ? 500 : 100));
        for (Map.Entry<String, List<String>> param : load.params().entrySet()) {
            List<String> values =
                    param.getKey().equals("peer") && !peers.isEmpty()
                            ? param.getValue().stream().filter(peers::contains).toList()
                            : param.getValue();
            if (values.isEmpty()) {
                return List.of();
            }
            options.param(param.getKey(), values.toArray(String[]::new));
        }
        return List.copyOf(new Runner(options.build()).run());
    }

    private static String json(List<RunResult> results) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
