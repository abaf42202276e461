package dev.flowir.cli;

import dev.flowir.bindings.BindingsLock;
import dev.flowir.bindings.Kinds;
import dev.flowir.bindings.ResourceCatalog;
import dev.flowir.ir.HintTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow bindings lock}. */
@Command(
        name = "lock",
        description = "Makes the lock of some flows from a catalog.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The same catalog, flows and time give the same bytes.",
            "Exit codes: 0 made, 1 a flow does not keep what the bound kinds demand,",
            "2 the catalog or a flow is refused."
        })
final class BindingsLockCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "CATALOG",
            description = "resources.catalog.json; - for standard input")
    private String catalog = "-";

    @Mixin private FlowsOption flows = new FlowsOption();

    @Option(
            names = "--generated-at",
            paramLabel = "TIME",
            defaultValue = "1970-01-01T00:00:00Z",
            description = "the time that stands in the lock; default: 1970-01-01T00:00:00Z")
    private String generatedAt = "1970-01-01T00:00:00Z";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where the lock goes; default: standard output")
    private Optional<Path> output = Optional.empty();

    BindingsLockCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Instant time = time();
        Kinds kinds = flows.kinds();
        List<FlowSource> sources = flows.sources(console);
        if (sources.isEmpty()) {
            throw new RefusedCommand("a lock binds flows; name them with --flow");
        }
        BindingsLock lock =
                ResourceCatalog.parse(catalog, FlowsOption.bytes(catalog, console))
                        .lock(FlowsOption.definitions(sources), kinds, time);
        int exitCode =
                FlowsOption.check(
                        sources, kinds.hints(HintTable.FULL, lock.instances().values()), console);
        if (exitCode == ExitCode.OK) {
            write(lock.json());
        }
        return exitCode;
    }

    private void write(byte[] lock) {
        if (output.isEmpty()) {
            console.out().write(lock, 0, lock.length);
            console.out().flush();
            return;
        }
        try {
            Files.write(output.get(), lock);
        } catch (IOException failure) {
            throw new RefusedCommand("cannot write " + output.get() + ": " + FlowFile.why(failure));
        }
    }

    private Instant time() {
        try {
            return Instant.parse(generatedAt);
        } catch (DateTimeException e) {
            throw new RefusedCommand(
                    "no time: " + generatedAt + "; it is written as 2026-01-01T00:00:00Z");
        }
    }
}
