package dev.flowir.cli;

import dev.flowir.bindings.Bindings;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.Runtime;
import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.LocalWorld;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow serve}. */
@Command(
        name = "serve",
        description = {
            "Serves a flow over HTTP on this machine; with --edge, packages an application and runs it",
            "in workerd."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "FLOW is a class with a public static Flow: com.acme.Checkout, or com.acme.Checkout#CHECKOUT",
            "when it has several. A body posted to / is its input, the answer its output. A lock that was",
            "edited, and a flow that it does not name, are refused before anything listens.",
            "",
            "--edge needs node and npm. What runs workers is brought once, into --tools, by the versions that",
            "this program has written down. Queues, KV and schedules are those of the platform's",
            "simulator, and forgotten at the end; secrets are variables of the environment. What is asked of",
            "another worker is answered with 503 unless --service says where that one is. Runs until it",
            "is stopped.",
            "Exit codes: 0 ended, 1 a worker was refused or not started, 2 something could not be read."
        })
final class ServeCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "FLOW",
            arity = "0..1",
            description = "a class, see below; not for the edge")
    private Optional<String> target = Optional.empty();

    @Option(names = "--edge", description = "an application as a worker")
    private boolean edge;

    @Mixin private BindingsOption bindings = new BindingsOption();

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
            names = "--service",
            paramLabel = "WORKER=URL",
            description = "where another worker answers that this one asks; once for each")
    private Map<String, URI> services = new LinkedHashMap<>();

    @Mixin private ToolsOption tools = new ToolsOption();

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (edge && (target.isPresent() || bindings.isGiven())) {
            throw new RefusedCommand("a worker is --class, and bound by its own configuration");
        }
        if (!edge && !services.isEmpty()) {
            throw new RefusedCommand("--service is for a worker; say --edge with it");
        }
        for (Map.Entry<String, URI> service : services.entrySet()) {
            if (service.getValue().getHost() == null) {
                throw new RefusedCommand(
                        "where does worker '"
                                + service.getKey()
                                + "' answer? say --service WORKER=http://HOST:PORT");
            }
        }
        if (edge) {
            return atTheEdge();
        }
        return here(
                target.orElseThrow(() ->
                        new RefusedCommand(
                                "which flow? say its class, or --edge to run a worker")));
    }

    private int here(String named) throws Exception {
        if (FlowSource.isFile(named)) {
            throw new RefusedCommand("a flow is served by its class, not by a file");
        }
        JavaValues values = new JavaValues(worker.places());
        Flow<?, ?> flow = values.flow(named);
        Optional<Bindings> bound = bindings.open(values.loader(), console);
        try {
            Runtime.Builder runtimes = Runtime.builder();
            bound.ifPresent(it -> runtimes.capabilities(it.capabilities(flow)).hints(it.hints()));
            try (Runtime runtime = runtimes.build();
                    ServedFlow served = ServedFlow.open(flow, runtime, port)) {
                console.out().println(served.address());
                served.awaitEnd();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            bound.ifPresent(Bindings::close);
        }
        return ExitCode.OK;
    }

    private int atTheEdge() throws IOException {
        try {
            worker.project(Map.of(), System.getenv().keySet()).writeLocal(folder);
            try (LocalWorker running =
                    LocalWorker.start(
                            folder,
                            tools.folder(),
                            port,
                            new LocalWorld(System.getenv(), services, Optional.empty()),
                            console.err()::println)) {
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
