package dev.flowir.cli;

import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which application becomes which worker: options of the commands that make one. */
final class EdgeProjectOptions {

    @Option(names = "--class", paramLabel = "CLASS", description = "the application, for the edge")
    private String application = "";

    @Option(
            names = {"-cp", "--classpath"},
            paramLabel = "PATH",
            defaultValue = "",
            description = "where the application and all that it uses are")
    private String classPath = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "name of the worker; default: the class in lower case")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--target",
            paramLabel = "webassembly|javascript",
            defaultValue = "webassembly",
            description = "what flows are compiled to; default: webassembly")
    private Target target = Target.WEBASSEMBLY;

    /**
     * The project.
     *
     * @param ids which namespace a binding is
     * @param secrets names of secrets that are there
     */
    WorkerProject project(Map<String, String> ids, Set<String> secrets) {
        if (application.isEmpty()) {
            throw new RefusedCommand("which application? say --class CLASS");
        }
        return new WorkerProject(
                name.orElseGet(this::nameOfClass), application, classPath(), target, ids, secrets);
    }

    /** What was given as the class path. */
    String places() {
        return classPath;
    }

    private String nameOfClass() {
        String simple = application.substring(application.lastIndexOf('.') + 1);
        return simple.substring(simple.lastIndexOf('$') + 1).toLowerCase(Locale.ROOT);
    }

    /** What was given, then what this program itself runs with: the library and its compiler. */
    private List<Path> classPath() {
        List<Path> all = new ArrayList<>();
        for (String part : List.of(classPath, System.getProperty("java.class.path", ""))) {
            Stream.of(part.split(File.pathSeparator, -1))
                    .filter(it -> !it.isEmpty())
                    .map(Path::of)
                    .forEach(all::add);
        }
        return all;
    }
}
