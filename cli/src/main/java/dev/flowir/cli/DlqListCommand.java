package dev.flowir.cli;

import dev.flowir.queue.MessageFilter;
import dev.flowir.queue.Queued;
import dev.flowir.queue.StoredQueues;
import dev.flowir.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow dlq list}. */
@Command(
        name = "list",
        description = "Lists dead letters, of one queue or of all.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "json gives one object per line: id, queue, sent, from, died, deliveries, error,",
            "stack, run, bytes.",
            "Exit codes: 0 listed, 2 there is no such store or queue."
        })
final class DlqListCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "QUEUE", description = "the dead-letter queue")
    private Optional<String> queue = Optional.empty();

    @Mixin private StoreFile store = new StoreFile();

    @Mixin private Letters letters = new Letters();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many of a queue at most, 1 to 1000; default: 100")
    private int limit = 100;

    DlqListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        MessageFilter filter = letters.filter();
        try (Store opened = store.look()) {
            StoredQueues queues = StoredQueues.in(opened);
            List<String> looked = queue.map(List::of).orElseGet(queues::names);
            for (String name : looked) {
                for (Queued message : queues.browse(name, filter, 0, limit)) {
                    if (message.deadLetter().isPresent()) {
                        console.out()
                                .println(
                                        store.isJson()
                                                ? LetterText.json(name, message)
                                                : LetterText.line(name, message));
                    }
                }
            }
        }
        return ExitCode.OK;
    }
}
