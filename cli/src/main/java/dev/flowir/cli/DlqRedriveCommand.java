package dev.flowir.cli;

import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.Redrive;
import dev.flowir.queue.Redriven;
import dev.flowir.queue.Redrives;
import dev.flowir.queue.StoredQueues;
import dev.flowir.store.Store;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import java.time.Duration;
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
            "An application that has the store open does it, when it takes requests about it.",
            "Letters go to their queues at once and become visible at the rate, when an",
            "application takes from them. The same token moves no letter twice.",
            "json gives one object: token, matched, moved, ids, stopped.",
            "Exit codes: 0 all that matched were moved, 1 not all were, 2 the application takes",
            "no requests or does not answer, or there is no such store or queue."
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

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.class,
            description = "how long the application may take for 100 letters; default: 30s")
    private Duration timeout = Duration.ofSeconds(30);

    DlqRedriveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Redrive plain = Redrive.of(letters.filter()).perSecond(rate);
        Redrive asked = token.map(plain::token).orElse(plain);
        Redriven done = redrive(dryRun ? asked.dryRun() : asked);
        print(done);
        return dryRun || done.moved() == done.matched() ? ExitCode.OK : ExitCode.INVALID;
    }

    /** Does it here while nobody has the store, else lets its application do it. */
    private Redriven redrive(Redrive asked) throws InterruptedException {
        try (Store opened = store.take();
                Broker broker = Broker.sqlite(opened, BrokerOptions.defaults())) {
            return inSteps(asked, broker.admin(queue)::redrive);
        } catch (StoreException e) {
            if (e.fault() != StoreFault.LOCKED) {
                throw e;
            }
        }
        return inSteps(
                asked,
                step ->
                        Redrives.answer(
                                store.steered()
                                        .ask(
                                                Redrives.TOPIC,
                                                Redrives.question(queue, step),
                                                timeout)));
    }

    private Redriven inSteps(Redrive asked, RedriveSteps.Mover mover) throws InterruptedException {
        try (Store looked = store.look()) {
            return new RedriveSteps(StoredQueues.in(looked), queue, mover).all(asked, console);
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
