package dev.flowir.cli;

import dev.flowir.durable.RunRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow runs signal}. */
@Command(
        name = "signal",
        description = "Sends a signal to a run, which keeps it until a node asks for it.",
        mixinStandardHelpOptions = true,
        footerHeading = RunsCommand.STEERING)
final class RunsSignalCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "ID", description = "the run")
    private String id = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "name of the signal")
    private String name = "";

    @Option(names = "--key", paramLabel = "TEXT", description = "what the signal is about")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--payload",
            paramLabel = "JSON|@FILE|-",
            defaultValue = "null",
            description = "what it carries, as the node waits for it; default: null")
    private String payload = "null";

    @Mixin private Steerer steerer = new Steerer();

    RunsSignalCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return steerer.one(
                console, new RunRequest.Signal(id, name, key, JsonArgument.read(payload, console)));
    }
}
