package dev.flowir.cli;

import dev.flowir.queue.FailedAttempt;
import dev.flowir.queue.MessageFilter;
import dev.flowir.queue.Queued;
import dev.flowir.queue.StoredQueues;
import dev.flowir.store.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code flow dlq show}. */
@Command(
        name = "show",
        description = "Shows one dead letter: its failed attempts, and what it carries.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 shown, 1 there is no such letter, 2 there is no such store."})
final class DlqShowCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "ID", description = "the message")
    private String id = "";

    @Mixin private StoreFile store = new StoreFile();

    DlqShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Store opened = store.look()) {
            StoredQueues queues = StoredQueues.in(opened);
            for (String name : queues.names()) {
                for (Queued message : queues.browse(name, MessageFilter.ids(id), 0, 1)) {
                    if (message.deadLetter().isPresent()) {
                        show(name, message);
                        return ExitCode.OK;
                    }
                }
            }
        }
        console.err().println("flow: no queue of this store has a dead letter '" + id + "'");
        return ExitCode.INVALID;
    }

    private void show(String queue, Queued message) {
        if (store.isJson()) {
            JsonLine line = LetterText.json(queue, message);
            console.out().println(line.with("body", message.body().text()));
            return;
        }
        console.out().println(LetterText.line(queue, message));
        for (FailedAttempt failure : message.deadLetter().orElseThrow().failures()) {
            console.out()
                    .println(
                            "  attempt %d  %s  %s"
                                    .formatted(failure.number(), failure.at(), failure.error()));
        }
        console.out().println("  body " + message.body().text());
    }
}
