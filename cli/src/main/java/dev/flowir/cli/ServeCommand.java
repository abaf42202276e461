package dev.flowir.cli;

import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.LocalWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flow serve --edge}. */
@Command(
        name = "serve",
        description = "Packages an application and runs it on this machine, in workerd.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Needs node and npm. What runs workers is brought once, into --tools, by the versions that",
            "this program has written down. Queues, KV and schedules are those of the platform's",
            "simulator, and forgotten at the end; secrets are variables of the environment. Runs until",
            "it is stopped.",
            "Exit codes: 0 ended, 1 refused or not started."
        })
final class ServeCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--edge", description = "as a worker; there is no other way yet")
    private boolean edge;

    @Mixin private EdgeProjectOptions worker = new EdgeProjectOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            defaultValue = "worker",
            description = "where the project is written; default: worker")
    private Path folder = Path.of("worker");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8787",
            description = "of the loopback interface, 0 for a free one; default: 8787")
    private int port;

    @Option(
            names = "--tools",
            paramLabel = "FOLDER",
            description = "where what runs workers is kept; default: ~/.cache/flowir/workerd")
    private Path tools = Path.of(System.getProperty("user.home"), ".cache", "flowir", "workerd");

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!edge) {
            throw new RefusedCommand("a JVM application serves itself; say --edge to run a worker");
        }
        try {
            worker.project(Map.of(), System.getenv().keySet()).writeLocal(folder);
            try (LocalWorker running =
                    LocalWorker.start(
                            folder, tools, port, System.getenv(), console.err()::println)) {
                console.out().println(running.address());
                running.awaitEnd();
            }
        } catch (BuildException refused) {
            console.err().println(refused.getMessage());
            return ExitCode.INVALID;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }
}
