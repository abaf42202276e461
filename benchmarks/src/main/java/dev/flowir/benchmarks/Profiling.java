package dev.flowir.benchmarks;

import dev.flowir.benchmarks.Work.Load;
import dev.flowir.benchmarks.report.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.JavaFlightRecorderProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Says where our contenders of a work's first part spend their time: {@code ./bench profile W2}.
 */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = "Says where flows spend their time in a work, by the JDK's flight recorder.")
final class Profiling implements Callable<Integer> {

    private static final int METHODS = 15;
    private static final String PAGE = "profile.md";
    private static final String RECORDING = "profile.jfr";

    @Parameters(paramLabel = "WORK", description = "For example W2.")
    private String work = "";

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Where recordings and the page go; ${DEFAULT-VALUE} unless told.")
    private Path into = Path.of("target/bench/profile");

    Profiling() {}

    @Override
    public Integer call() throws RunnerException, IOException {
        List<Work> works =
                Works.all().stream().filter(it -> it.chapter().id().equals(work)).toList();
        if (works.isEmpty()) {
            System.err.println("no such work: " + work);
            return CommandLine.ExitCode.USAGE;
        }
        StringBuilder page = new StringBuilder();
        Load load = works.getFirst().loads().getFirst();
        for (String peer : load.params().getOrDefault("peer", List.of())) {
            if (Peers.isOurs(peer)) {
                String title = String.join(" ", work, load.methods(), about(load)) + peer;
                page.append(record(works.getFirst(), load, peer).text(title, METHODS));
            }
        }
        Files.writeString(into.resolve(PAGE), page);
        System.out.println(page);
        return CommandLine.ExitCode.OK;
    }

    /** What else a load chooses, beside its contenders. */
    private static String about(Load load) {
        StringBuilder about = new StringBuilder();
        for (Map.Entry<String, List<String>> param : load.params().entrySet()) {
            if (!param.getKey().equals("peer")) {
                about.append(param.getKey()).append(' ').append(param.getValue().getFirst());
                about.append(", ");
            }
        }
        return about.toString();
    }

    private Profile record(Work measured, Load load, String peer)
            throws RunnerException, IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(into), "recorded");
        ChainedOptionsBuilder options =
                Bench.measuring(measured, load)
                        .addProfiler(JavaFlightRecorderProfiler.class, "dir=" + folder)
                        .warmupIterations(4)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(4)
                        .measurementTime(TimeValue.seconds(1));
        load.params()
                .forEach((name, values) ->
                        options.param(name, name.equals("peer") ? peer : values.getFirst()));
        new Runner(options.build()).run();
        try (Stream<Path> files = Files.walk(folder)) {
            Path recording = files.filter(it -> it.endsWith(RECORDING)).findFirst().orElseThrow();
            return Profile.read(recording);
        }
    }
}
