package dev.flowir.cli;

import dev.flowir.durable.RunRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code flow runs resume}. */
@Command(
        name = "resume",
        description = "Lets paused runs go on, and parked ones whose code is loaded again.",
        mixinStandardHelpOptions = true,
        footerHeading = RunsCommand.STEERING)
final class RunsResumeCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private WhichRuns which = new WhichRuns();

    @Mixin private Steerer steerer = new Steerer();

    RunsResumeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return steerer.all(console, which, false, id -> new RunRequest.Resume(id));
    }
}
