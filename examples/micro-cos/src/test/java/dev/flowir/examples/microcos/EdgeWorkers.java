package dev.flowir.examples.microcos;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Chats that tests package out of their own class path, and run in workerd. */
final class EdgeWorkers {

    /** Kept by the builds to come. */
    static final Path TOOLS =
            Path.of("..", "..", "host-wasm", "node_modules", "workerd").toAbsolutePath();

    private static final Map<Target, Path> LOCAL = new EnumMap<>(Target.class);

    private EdgeWorkers() {}

    static WorkerProject project(Class<? extends EdgeApplication> application, Target target) {
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        return new WorkerProject(
                "micro-cos-dev",
                application.getName(),
                classPath,
                target,
                Map.of("OFFERS", "00000000000000000000000000000004"),
                Set.of());
    }

    /** The chats to be run on this machine, built once for all tests. */
    static synchronized Path local(Target target) throws Exception {
        Path there = LOCAL.get(target);
        if (there == null) {
            there = Path.of("target", "edge-worker-" + target).toAbsolutePath();
            project(EdgeMicroCos.class, target).writeLocal(there);
            LOCAL.put(target, there);
        }
        return there;
    }

    /**
     * The same without the page: miniflare, which answers with pages in the worker's place, hands
     * no schedule on to a worker that has some.
     */
    static synchronized Path pageless(Target target) throws Exception {
        Path whole = local(target);
        Path copy = whole.resolveSibling(whole.getFileName() + "-pageless");
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(whole.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path config = copy.resolve("wrangler.json");
        String text = Files.readString(config);
        String without = text.replaceFirst("  \"assets\": \\{[^}]*},\n", "");
        assertTrue(without.length() < text.length(), text);
        Files.writeString(config, without);
        return copy;
    }

    /** Where the model and the tools of this machine are asked. */
    static Map<String, URI> services(LocalModel model, LocalTools tools) {
        return Map.of(
                EdgeMicroCos.MODEL,
                URI.create(model.url()),
                EdgeMicroCos.TOOLS,
                URI.create(tools.url()));
    }

    /** Processes that this one has under it. */
    static Set<ProcessHandle> processes() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }

    /**
     * The end that nobody sees coming: of workerd, and of what started it.
     *
     * @param others processes of before the worker, which go on
     */
    static void kill(LocalWorker worker, Set<ProcessHandle> others) throws Exception {
        Set<ProcessHandle> mine = processes();
        mine.removeAll(others);
        assertTrue(mine.size() >= 2, mine::toString);
        mine.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : mine) {
            one.onExit().get();
        }
        worker.close();
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
