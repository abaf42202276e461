package dev.flowir.cli;

import dev.flowir.durable.RunRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flow runs terminate}. */
@Command(
        name = "terminate",
        description = "Ends runs; with --undo, what they did is undone first.",
        mixinStandardHelpOptions = true,
        footerHeading = RunsCommand.STEERING)
final class RunsTerminateCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private WhichRuns which = new WhichRuns();

    @Mixin private Steerer steerer = new Steerer();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "flow runs terminate",
            description = "by whom or why; default: flow runs terminate")
    private String reason = "flow runs terminate";

    @Option(names = "--undo", description = "undo what they did, the last step first")
    private boolean undo;

    RunsTerminateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return steerer.all(
                console,
                which,
                false,
                id ->
                        undo
                                ? new RunRequest.TerminateAndUndo(id, reason)
                                : new RunRequest.Terminate(id, reason));
    }
}
