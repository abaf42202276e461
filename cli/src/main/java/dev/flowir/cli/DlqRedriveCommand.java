package dev.flowir.cli;

import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.Redrive;
import dev.flowir.queue.Redriven;
import dev.flowir.store.Store;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow dlq redrive}. */
@Command(
        name = "redrive",
        description = "Sends dead letters back to the queues that they came from.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Needs the store to itself. Letters go to their queues at once and become visible at",
            "the rate, when an application takes from them. The same token moves no letter twice.",
            "json gives one object: token, matched, moved, ids, stopped.",
            "Exit codes: 0 all that matched were moved, 1 not all were, 2 the store is in use,",
            "or there is no such store or queue."
        })
final class DlqRedriveCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "QUEUE", description = "the dead-letter queue")
    private String queue = "";

    @Mixin private StoreFile store = new StoreFile();

    @Mixin private Letters letters = new Letters();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10",
            description = "letters that become visible in a second at most; default: 10")
    private int rate = 10;

    @Option(names = "--dry-run", description = "only say what would be moved")
    private boolean dryRun;

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description = "of a redrive that was cut short, to move the rest")
    private Optional<String> token = Optional.empty();

    DlqRedriveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Redrive plain = Redrive.of(letters.filter()).perSecond(rate);
        Redrive asked = token.map(plain::token).orElse(plain);
        try (Store opened = store.take();
                Broker broker = Broker.sqlite(opened, BrokerOptions.defaults())) {
            Redriven done = broker.admin(queue).redrive(dryRun ? asked.dryRun() : asked);
            print(done);
            return dryRun || done.moved() == done.matched() ? ExitCode.OK : ExitCode.INVALID;
        }
    }

    private void print(Redriven done) {
        if (store.isJson()) {
            console.out()
                    .println(
                            new JsonLine()
                                    .with("token", done.token())
                                    .with("matched", done.matched())
                                    .with("moved", done.moved())
                                    .with("ids", done.ids())
                                    .with("stopped", done.stopped()));
            return;
        }
        console.out()
                .println(
                        dryRun
                                ? done.matched() + " would be moved"
                                : done.moved() + " of " + done.matched() + " moved");
        done.ids().forEach(id -> console.out().println("  " + id));
        done.stopped()
                .ifPresent(why ->
                        console.err()
                                .println(
                                        "flow: it stopped: "
                                                + why
                                                + "; the rest goes with --token "
                                                + done.token()));
    }
}
