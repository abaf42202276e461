package dev.flowir.cli;

import dev.flowir.durable.RunRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow runs answer}. */
@Command(
        name = "answer",
        description = "Answers a node that waits for a person.",
        mixinStandardHelpOptions = true,
        footerHeading = RunsCommand.STEERING)
final class RunsAnswerCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "ID", description = "the run")
    private String id = "";

    @Parameters(index = "1", paramLabel = "NODE", description = "the node that asks")
    private String node = "";

    @Parameters(index = "2", paramLabel = "ANSWER", description = "one of its answers")
    private String answer = "";

    @Option(
            names = "--by",
            required = true,
            paramLabel = "WHO",
            description = "who answers; written down, not checked")
    private String by = "";

    @Mixin private Steerer steerer = new Steerer();

    RunsAnswerCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return steerer.one(console, new RunRequest.Answer(id, node, answer, by));
    }
}
