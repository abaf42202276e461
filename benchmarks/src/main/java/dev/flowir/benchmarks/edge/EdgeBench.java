package dev.flowir.benchmarks.edge;

import dev.flowir.benchmarks.Machine;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerBuild;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures workers of flows beside workers written by hand, in the same workerd: the program behind
 * {@code ./bench edge}.
 */
@Command(
        name = "bench edge",
        mixinStandardHelpOptions = true,
        description = "Measures workers beside workers written by hand, in one report.")
public final class EdgeBench implements Callable<Integer> {

    @Option(names = "--starts", description = "Cold starts of each worker; ${DEFAULT-VALUE}.")
    private int starts = 15;

    @Option(
            names = "--seconds",
            description =
                    "Of warm answers of each worker, in slices of half a second; ${DEFAULT-VALUE}.")
    private int seconds = 6;

    @Option(names = "--sums", description = "Requests of each kind of computing; ${DEFAULT-VALUE}.")
    private int sums = 12;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Where workers and the report go; ${DEFAULT-VALUE} unless told.")
    private Path into = Path.of("target/bench/edge");

    @Option(
            names = "--tools",
            paramLabel = "FOLDER",
            description = "Where workerd is kept for the next time; ${DEFAULT-VALUE} unless told.")
    private Path tools = Path.of("node_modules/workerd");

    private EdgeBench() {}

    /**
     * Runs.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new EdgeBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        LocalWorker.bring(tools);
        Path program = Isolate.program(tools);
        Map<Question, EdgeReport.Measured> measured = new LinkedHashMap<>();
        for (Question question : Question.all()) {
            Map<Contender, Path> folders = new EnumMap<>(Contender.class);
            Map<Contender, Long> sizes = new EnumMap<>(Contender.class);
            for (Contender who : Contender.values()) {
                Path folder = build(question.name(), question.application(), who);
                folders.put(who, folder);
                sizes.put(who, gzipped(folder.resolve("src")));
            }
            measured.put(
                    question,
                    new EdgeReport.Measured(
                            sizes,
                            Starts.measure(program, folders, question, starts),
                            Answers.measure(program, folders, question, 2 * seconds, 500)));
        }
        Map<Contender, Path> folders = new EnumMap<>(Contender.class);
        for (Contender who : List.of(Contender.JAVASCRIPT, Contender.WEBASSEMBLY)) {
            folders.put(who, build("sums", SumsWorker.class, who));
        }
        Map<Sums, Map<Contender, Times>> computed = Answers.compute(program, folders, sums);
        Map<Contender, Tasks.Figures> tasked =
                Tasks.in(into, tools)
                        .measure(Math.max(1, starts / 3), Math.max(1, seconds / 2), 2_000);
        String report =
                EdgeReport.of(Machine.inWords(), starts, seconds, measured, tasked, computed);
        Files.writeString(into.resolve("edge.md"), report);
        System.out.println(report);
        return CommandLine.ExitCode.OK;
    }

    /** Writes the modules of a worker, and what workerd is told of them. */
    private Path build(String name, Class<? extends EdgeApplication> application, Contender who)
            throws IOException, BuildException {
        Path folder = into.resolve(name + "-" + who.name().toLowerCase(Locale.ROOT));
        Path source = Files.createDirectories(folder.resolve("src"));
        if (who.target().isPresent()) {
            Target target = who.target().get();
            List<Path> classPath =
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                            .map(Path::of)
                            .toList();
            WorkerBuild.build(application.getName(), classPath, target, source);
        } else {
            try (InputStream in = EdgeBench.class.getResourceAsStream(name + ".mjs")) {
                if (in == null) {
                    throw new IOException("nobody wrote " + name + ".mjs");
                }
                Files.write(source.resolve("worker.mjs"), in.readAllBytes());
            }
        }
        Isolate.configure(folder);
        return folder;
    }

    static long gzipped(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                    Files.copy(file, out);
                }
                bytes += packed.size();
            }
        }
        return bytes;
    }
}
