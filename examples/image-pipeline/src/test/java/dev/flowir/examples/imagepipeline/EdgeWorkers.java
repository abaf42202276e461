package dev.flowir.examples.imagepipeline;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.LocalWorld;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Pipelines that tests package out of their own class path, and run in workerd. */
final class EdgeWorkers {

    /** Kept by the builds to come. */
    static final Path TOOLS =
            Path.of("..", "..", "host-wasm", "node_modules", "workerd").toAbsolutePath();

    private EdgeWorkers() {}

    static WorkerProject project(
            Class<? extends EdgeApplication> application, Map<String, String> ids) {
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        return new WorkerProject(
                "image-pipeline",
                application.getName(),
                classPath,
                Target.JAVASCRIPT,
                ids,
                Set.of());
    }

    /** Runs a project on a free port, with nothing in it, beside a classifier. */
    static LocalWorker run(Path project, URI classifier, Consumer<String> log)
            throws BuildException, InterruptedException {
        LocalWorld world =
                new LocalWorld(
                        Map.of(),
                        Map.of(EdgeImagePipeline.CLASSIFIER, classifier),
                        Optional.empty());
        return LocalWorker.start(project, TOOLS, 0, world, log);
    }
}
