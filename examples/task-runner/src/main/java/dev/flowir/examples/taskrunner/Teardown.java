package dev.flowir.examples.taskrunner;

import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueAdmin;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes a deployment down, what was made last first: its queues, then the store that they were in.
 * Does nothing without a confirmation, and nothing a second time. What is on Redis stays: other
 * processes share it.
 */
final class Teardown {

    private final Settings settings;
    private final Path store;
    private final PrintStream out;

    private Teardown(Settings settings, PrintStream out) {
        this.settings = settings;
        this.store = settings.data().resolve(settings.service() + ".db");
        this.out = out;
    }

    /**
     * Says what there is, and removes it when that is confirmed.
     *
     * @param confirmed false only says
     * @return 0 when nothing is left, 1 when it waits for the confirmation
     * @throws dev.flowir.store.StoreException when a task runner still has the store
     */
    static int run(Settings settings, boolean confirmed, PrintStream out) throws IOException {
        return new Teardown(settings, out).run(confirmed);
    }

    private int run(boolean confirmed) throws IOException {
        if (Files.notExists(store)) {
            out.println("nothing is left of " + settings.service() + " in " + settings.data());
            return 0;
        }
        try (Store opened = Store.open(store, StoreOptions.defaults());
                Broker broker = Broker.sqlite(opened, BrokerOptions.defaults())) {
            for (String queue : List.of(settings.queue(), settings.deadLetterQueue())) {
                empty(broker, queue, confirmed);
            }
        }
        List<Path> files = files();
        if (!confirmed) {
            files.forEach(file -> out.println("file   " + file + " would be deleted"));
            out.println("nothing was done; say 'teardown --yes' to lose all of this");
            return 1;
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
            out.println("file   " + file + " deleted");
        }
        out.println(settings.redis().isEmpty() ? "done" : "done; what is on Redis was left");
        return 0;
    }

    private void empty(Broker broker, String name, boolean confirmed) {
        try {
            QueueAdmin queue = broker.admin(name);
            long messages = queue.status().metrics().backlogCount();
            if (confirmed) {
                queue.purge();
            }
            String does = confirmed ? " gone" : " would go";
            out.println("queue  " + name + does + ", with " + messages + " messages");
        } catch (QueueException absent) {
            if (absent.fault() != QueueFault.NOT_FOUND) {
                throw absent;
            }
            out.println("queue  " + name + " was never there");
        }
    }

    /** The store's files, it itself last: while it is there a second run goes on. */
    private List<Path> files() throws IOException {
        String name = store.getFileName().toString();
        try (Stream<Path> all = Files.list(settings.data())) {
            return Stream.concat(
                            all.filter(file ->
                                            file.getFileName().toString().startsWith(name + "-")
                                                    || file.getFileName()
                                                            .toString()
                                                            .equals(name + ".lock"))
                                    .sorted(),
                            Stream.of(store))
                    .toList();
        }
    }
}
