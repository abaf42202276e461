package dev.flowir.wasm;

import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Workers that tests build out of their own class path. */
final class Workers {

    private Workers() {}

    /** Writes a project for this machine, and says where it is. */
    static Path build(Class<? extends EdgeApplication> application, Target target)
            throws BuildException {
        Path folder =
                Path.of(
                        "target",
                        "workers",
                        application.getSimpleName() + "-" + target.name().toLowerCase(Locale.ROOT));
        new WorkerProject(
                        "tests",
                        application.getName(),
                        classPath(),
                        target,
                        Map.of(),
                        SecretWorker.PLANTED.keySet())
                .writeLocal(folder);
        return folder;
    }

    /** Runs a project on a free port; what runs it is kept for the builds to come. */
    static LocalWorker run(Path project) throws BuildException, InterruptedException {
        return run(project, Optional.empty());
    }

    /** The same, with what it stores kept. */
    static LocalWorker run(Path project, Optional<Path> kept)
            throws BuildException, InterruptedException {
        return run(project, kept, line -> System.out.println("workerd: " + line));
    }

    /** The same, with a reader of its log. */
    static LocalWorker run(Path project, Consumer<String> log)
            throws BuildException, InterruptedException {
        return run(project, Optional.empty(), log);
    }

    private static LocalWorker run(Path project, Optional<Path> kept, Consumer<String> log)
            throws BuildException, InterruptedException {
        Path tools = Path.of("node_modules", "workerd").toAbsolutePath();
        return LocalWorker.start(project, tools, 0, SecretWorker.PLANTED, kept, log);
    }

    static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }
}
