package dev.flowir.examples.taskrunner;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import dev.flowir.wasm.build.Wrangler;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Task runners that tests package out of their own class path, and run in workerd. */
final class EdgeWorkers {

    /** Kept by the builds to come. */
    static final Path TOOLS =
            Path.of("..", "..", "host-wasm", "node_modules", "workerd").toAbsolutePath();

    /** A queue without waiting: the platform's simulator has no other clock. */
    static final EdgeEngine QUICK =
            new EdgeQueueEngine(
                    EdgeConsumer.DEFAULT
                            .batches(10, Duration.ZERO)
                            .retries(Steps.RETRIES, Duration.ZERO));

    private EdgeWorkers() {}

    static WorkerProject project(
            Class<? extends EdgeApplication> application, Target target, Map<String, String> ids) {
        return project(application, target, ids, Set.of());
    }

    /** With secrets that the platform is said to have. */
    static WorkerProject project(
            Class<? extends EdgeApplication> application,
            Target target,
            Map<String, String> ids,
            Set<String> secrets) {
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        return new WorkerProject(
                "task-runner-dev", application.getName(), classPath, target, ids, secrets);
    }

    /** Runs a project on a free port, with nothing in its tables and queues. */
    static LocalWorker run(Path project) throws BuildException, InterruptedException {
        return run(project, Map.of());
    }

    /** The same with secrets. */
    static LocalWorker run(Path project, Map<String, String> secrets)
            throws BuildException, InterruptedException {
        return LocalWorker.start(
                project, TOOLS, 0, secrets, line -> System.out.println("workerd: " + line));
    }

    /** What the platform's tool says that it would deploy. */
    static String dryRun(Path project) throws BuildException, InterruptedException {
        List<String> said = new ArrayList<>();
        Wrangler.deploy(project, TOOLS, Wrangler.Mode.DRY_RUN, said::add);
        String all = String.join("\n", said);
        if (!all.contains("--dry-run: exiting now.")) {
            throw new AssertionError(all);
        }
        return all;
    }

    /** Runs a project whose keys and objects are kept in a folder for the next time. */
    static LocalWorker run(Path project, Path kept) throws BuildException, InterruptedException {
        return LocalWorker.start(
                project,
                TOOLS,
                0,
                Map.of(),
                Optional.of(kept),
                line -> System.out.println("workerd: " + line));
    }

    /** What the modules of a project take when they are packed. */
    static long packedBytes(Path project) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(project.resolve("src"))) {
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
