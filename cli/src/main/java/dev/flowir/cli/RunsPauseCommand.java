package dev.flowir.cli;

import dev.flowir.durable.RunRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code flow runs pause}. */
@Command(
        name = "pause",
        description =
                "Lets steps under way finish and begins nothing: the clock of a run stands still.",
        mixinStandardHelpOptions = true,
        footerHeading = RunsCommand.STEERING)
final class RunsPauseCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private WhichRuns which = new WhichRuns();

    @Mixin private Steerer steerer = new Steerer();

    RunsPauseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return steerer.all(console, which, false, id -> new RunRequest.Pause(id));
    }
}
