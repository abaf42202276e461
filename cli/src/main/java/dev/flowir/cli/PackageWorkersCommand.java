package dev.flowir.cli;

import dev.flowir.wasm.build.BuildException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "Exit codes: 0 written, 1 refused (CAP101, EDGE101 to 103, or what an isolate lacks)."
        })
final class PackageWorkersCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private EdgeProjectOptions worker = new EdgeProjectOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            defaultValue = "worker",
            description = "where the project is written; default: worker")
    private Path folder = Path.of("worker");

    @Option(
            names = "--id",
            paramLabel = "BINDING=ID",
            description = "which KV namespace, database or rate limit a binding is; once for each")
    private Map<String, String> ids = new LinkedHashMap<>();

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            description = "a secret that the platform was given for the worker; once for each")
    private Set<String> secrets = new LinkedHashSet<>();

    PackageWorkersCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            worker.project(ids, secrets).write(folder);
        } catch (BuildException refused) {
            console.err().println(refused.getMessage());
            return ExitCode.INVALID;
        }
        console.out().println(folder);
        return ExitCode.OK;
    }
}
