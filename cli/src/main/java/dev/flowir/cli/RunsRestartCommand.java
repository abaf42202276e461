package dev.flowir.cli;

import dev.flowir.durable.RunRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flow runs restart}. */
@Command(
        name = "restart",
        description = "Begins runs anew, over or not; with --from, from a node.",
        mixinStandardHelpOptions = true,
        footerHeading = RunsCommand.STEERING)
final class RunsRestartCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private WhichRuns which = new WhichRuns();

    @Mixin private Steerer steerer = new Steerer();

    @Option(
            names = "--from",
            paramLabel = "NODE",
            description = "keep what was recorded before this node first gave a result")
    private Optional<String> node = Optional.empty();

    RunsRestartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return steerer.all(
                console,
                which,
                true,
                id ->
                        node.<RunRequest>map(from -> new RunRequest.RestartFrom(id, from))
                                .orElseGet(() -> new RunRequest.Restart(id)));
    }
}
