package dev.flowir.examples.microcos;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.LocalWorld;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Chats that tests package out of their own class path, and run in workerd. */
final class EdgeWorkers {

    /** Kept by the builds to come. */
    static final Path TOOLS =
            Path.of("..", "..", "host-wasm", "node_modules", "workerd").toAbsolutePath();

    private EdgeWorkers() {}

    static WorkerProject project(Class<? extends EdgeApplication> application) {
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        return new WorkerProject(
                "micro-cos-dev",
                application.getName(),
                classPath,
                Target.JAVASCRIPT,
                Map.of(),
                Set.of());
    }

    /** Runs a project on a free port with workers of this machine, and keeps what it stores. */
    static LocalWorker run(Path project, Map<String, URI> services, Path kept)
            throws BuildException, InterruptedException {
        return LocalWorker.start(
                project,
                TOOLS,
                0,
                new LocalWorld(Map.of(), services, Optional.of(kept)),
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
