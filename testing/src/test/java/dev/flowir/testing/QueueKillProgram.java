package dev.flowir.testing;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Batch;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A program that sends and handles messages until it is killed. It says {@code sent <text>} when a
 * send has returned and {@code begun <text> <attempt>} when a handler has begun.
 */
final class QueueKillProgram {

    static final QueueSettings SETTINGS =
            QueueSettings.defaults().batches(5, Duration.ofMillis(1)).maxRetries(100);

    private static final Migrations EFFECTS =
            Migrations.of("effects", Migration.sql("0001", "CREATE TABLE effects (text TEXT)"));

    private QueueKillProgram() {}

    public static void main(String[] arguments) {
        Store store = open(Path.of(arguments[0]));
        Broker broker = Broker.sqlite(store, BrokerOptions.defaults());
        broker.declare("q", SETTINGS);
        broker.consume("worker", List.of("q"), batch -> handle(store, batch, KilledProgram::say));
        for (int sender = 0; sender < 3; sender++) {
            String name = arguments[1] + "-" + sender + "-";
            Thread.ofPlatform().start(() -> send(broker, name));
        }
    }

    static Store open(Path file) {
        Store store = Store.open(file, StoreOptions.defaults());
        store.migrate(EFFECTS);
        return store;
    }

    /** The effect and the acknowledgement of each message are one transaction. */
    static void handle(Store store, Batch batch, Consumer<String> told) {
        for (Message message : batch.messages()) {
            String text = message.body().text();
            told.accept("begun " + text + " " + message.attempts());
            store.execute(tx -> {
                tx.run("INSERT INTO effects VALUES (?)", text);
                message.ack();
            });
        }
    }

    private static void send(Broker broker, String name) {
        QueueSender sender = broker.sender("q", Scope.outside("sender"));
        for (int i = 0; i < 100_000; i++) {
            sender.send(Body.text(name + i));
            KilledProgram.say("sent " + name + i);
        }
    }
}
