package dev.flowir.cli;

import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flow package workers}. */
@Command(
        name = "workers",
        description = "Writes a project that workerd runs: modules and configuration.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The class implements dev.flowir.wasm.EdgeApplication. The project has its modules in src",
            "and a wrangler.json that says every binding, queue, retry and schedule of its routes.",
            "Exit codes: 0 written, 1 refused (CAP101, EDGE101, EDGE102, or what an isolate lacks)."
        })
final class PackageWorkersCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            required = true,
            description = "the application")
    private String application = "";

    @Option(
            names = {"-cp", "--classpath"},
            paramLabel = "PATH",
            defaultValue = "",
            description = "where the application and all that it uses are")
    private String classPath = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            defaultValue = "worker",
            description = "where the project is written; default: worker")
    private Path folder = Path.of("worker");

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

    @Option(
            names = "--id",
            paramLabel = "BINDING=ID",
            description = "which KV namespace a binding is; once for each")
    private Map<String, String> ids = new LinkedHashMap<>();

    PackageWorkersCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        WorkerProject project =
                new WorkerProject(
                        name.orElseGet(this::nameOfClass), application, classPath(), target, ids);
        try {
            project.write(folder);
        } catch (BuildException refused) {
            console.err().println(refused.getMessage());
            return ExitCode.INVALID;
        }
        console.out().println(folder);
        return ExitCode.OK;
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
