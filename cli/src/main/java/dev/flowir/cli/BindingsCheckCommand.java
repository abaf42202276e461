package dev.flowir.cli;

import dev.flowir.bindings.BindingsLock;
import dev.flowir.bindings.Kinds;
import dev.flowir.bindings.ResourceCatalog;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow bindings check}. */
@Command(
        name = "check",
        description = "Checks that a lock is as it was made, that its kinds are there, and flows.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "With a catalog and its flows it says where a lock differs from what they make.",
            "Exit codes: 0 it holds, 1 a flow does not keep what the bound kinds demand,",
            "2 the lock is refused."
        })
final class BindingsCheckCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "LOCK", description = "bindings.lock.json; - for standard input")
    private String lock = "-";

    @Option(
            names = "--catalog",
            paramLabel = "CATALOG",
            description = "the catalog that it should be made of")
    private Optional<String> catalog = Optional.empty();

    @Mixin private FlowsOption flows = new FlowsOption();

    BindingsCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        byte[] json = FlowsOption.bytes(lock, console);
        Kinds kinds = flows.kinds();
        List<FlowSource> sources = flows.sources(console);
        List<FlowDefinition> definitions = FlowsOption.definitions(sources);
        catalog.ifPresent(file ->
                ResourceCatalog.parse(file, FlowsOption.bytes(file, console))
                        .ensureMakes(lock, json, definitions, kinds));
        BindingsLock read = BindingsLock.parse(lock, json);
        kinds.check(read);
        definitions.forEach(read::ensureBinds);
        int exitCode =
                FlowsOption.check(
                        sources, kinds.hints(HintTable.FULL, read.instances().values()), console);
        if (exitCode == ExitCode.OK) {
            console.out()
                    .println(
                            lock
                                    + ": as it was made (instances: "
                                    + read.instances().size()
                                    + ", flows: "
                                    + read.flows().size()
                                    + "), "
                                    + read.contentHash());
        }
        return exitCode;
    }
}
