package dev.flowir.testing;

import static dev.flowir.testing.QueueScene.ONES;
import static dev.flowir.testing.QueueScene.refused;
import static dev.flowir.testing.QueueScene.rule;
import static dev.flowir.testing.QueueScene.seconds;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.queue.Body;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.SendOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Rules of {@link QueueContract} about sends: delays, limits, refusals. */
final class QueueSendRules {

    private QueueSendRules() {}

    static List<Rule<QueueBench>> rules() {
        return List.of(
                rule(
                        "Q-17",
                        "the delay of a send beats that of the queue",
                        "which delay a message waits for, and to the second",
                        scene -> {
                            scene.queue("q", ONES.deliveryDelay(seconds(60)));
                            scene.consume("q", batch -> {});
                            scene.sender("q")
                                    .send(Body.text("own"), SendOptions.after(seconds(30)));
                            scene.send("q", "queue's");
                            scene.pass(29);
                            Expect.equal("deliveries after 29 s", List.of(), scene.seen());
                            scene.pass(1);
                            Expect.equal("deliveries after 30 s", List.of("own#1"), scene.seen());
                            scene.pass(29);
                            Expect.equal("deliveries after 59 s", 1, scene.seen().size());
                            scene.pass(1);
                            Expect.equal(
                                    "deliveries after 60 s",
                                    List.of("own#1", "queue's#1"),
                                    scene.seen());
                        }),
                rule(
                        "Q-18",
                        "a delay of zero beats that of the queue, too",
                        "whether zero is taken for no option",
                        scene -> {
                            scene.queue("q", ONES.deliveryDelay(seconds(60)));
                            scene.consume("q", batch -> {});
                            scene.sender("q")
                                    .sendBatch(
                                            List.of(
                                                    Outgoing.of(Body.text("batch's")),
                                                    new Outgoing(
                                                            Body.text("own"),
                                                            SendOptions.after(seconds(0)))),
                                            SendOptions.after(seconds(5)));
                            scene.settle();
                            Expect.equal("deliveries at once", List.of("own#1"), scene.seen());
                            scene.pass(5);
                            Expect.equal(
                                    "deliveries after 5 s",
                                    List.of("own#1", "batch's#1"),
                                    scene.seen());
                        }),
                rule(
                        "Q-19",
                        "a delay is 0 s to 24 h",
                        "whether delays are checked before anything is written, those of retries"
                                + " too",
                        QueueSendRules::boundsDelays),
                rule(
                        "Q-20",
                        "a send that breaks a limit is refused as a whole",
                        "whether sizes count bytes and not characters, with the overhead, and"
                                + " whether part of a refused batch can be seen",
                        QueueSendRules::refusesAsAWhole),
                rule(
                        "Q-21",
                        "messages up to the limits are accepted",
                        "whether a limit itself is refused",
                        scene -> {
                            scene.queue("q", ONES);
                            QueueSender sender = scene.sender("q");
                            sender.send(bytes(127_000));
                            sender.send(bytes(127_900));
                            sender.sendBatch(
                                    List.of(
                                            Outgoing.of(bytes(127_900)),
                                            Outgoing.of(bytes(127_900))),
                                    SendOptions.none());
                            sender.sendBatch(copies(100, "x"), SendOptions.none());
                            Expect.equal("messages", 104L, scene.backlog("q"));
                        }),
                rule(
                        "Q-110",
                        "a send of an attempt that was given up is refused and sends nothing",
                        "whether the fence of the scope is checked inside the write transaction",
                        scene -> {
                            AtomicBoolean current = new AtomicBoolean(true);
                            scene.queue("q", ONES);
                            QueueSender late =
                                    scene.broker()
                                            .sender(
                                                    "q",
                                                    new Scope("f", "r", "n", 1, "k", current::get));
                            late.send(Body.text("in time"));
                            current.set(false);
                            Expect.refused(
                                    "a late send",
                                    StaleAttemptException.class,
                                    () -> late.send(Body.text("late")));
                            Expect.equal("messages", List.of("in time"), scene.texts("q"));
                        }),
                rule(
                        "Q-111",
                        "more than 5,000 messages in a second are refused as Too Many Requests,"
                                + " not lost",
                        "the rate of sends, and whether the next second starts anew",
                        scene -> {
                            scene.queue("q", ONES);
                            QueueSender sender = scene.sender("q");
                            for (int i = 0; i < 50; i++) {
                                sender.sendBatch(copies(100, "x"), SendOptions.none());
                            }
                            refused(
                                    "message 5,001 of a second",
                                    QueueFault.TOO_MANY_REQUESTS,
                                    () -> sender.send(Body.text("x")));
                            scene.pass(1);
                            sender.send(Body.text("x"));
                            Expect.equal("messages", 5001L, scene.backlog("q"));
                        }));
    }

    private static Body bytes(int count) {
        return Body.bytes(new byte[count]);
    }

    private static List<Outgoing> copies(int count, String text) {
        return Collections.nCopies(count, Outgoing.of(Body.text(text)));
    }

    private static void boundsDelays(QueueScene scene) {
        scene.queue("q", ONES);
        QueueSender sender = scene.sender("q");
        for (long wrong : new long[] {86_401, -1}) {
            SendOptions options = SendOptions.after(seconds(wrong));
            refused(
                    "a send with a delay of " + wrong + " s",
                    QueueFault.BAD_DELAY,
                    () -> sender.send(Body.text("x"), options));
            refused(
                    "a batch with a delay of " + wrong + " s on one message",
                    QueueFault.BAD_DELAY,
                    () ->
                            sender.sendBatch(
                                    List.of(
                                            Outgoing.of(Body.text("x")),
                                            new Outgoing(Body.text("x"), options)),
                                    SendOptions.none()));
        }
        Expect.equal("messages", 0L, scene.backlog("q"));
        sender.send(Body.text("x"), SendOptions.after(seconds(86_400)));
        scene.consume("q", batch -> {});
        scene.pass(86_399);
        Expect.equal("deliveries before 24 h", List.of(), scene.seen());
        scene.pass(1);
        Expect.equal("deliveries after 24 h", List.of("x#1"), scene.seen());
    }

    private static void refusesAsAWhole(QueueScene scene) {
        scene.queue("q", ONES);
        QueueSender sender = scene.sender("q");
        refused(
                "101 messages",
                QueueFault.TOO_MANY_IN_BATCH,
                () -> sender.sendBatch(copies(101, "x"), SendOptions.none()));
        refused(
                "257 KB in a batch",
                QueueFault.BATCH_TOO_LARGE,
                () ->
                        sender.sendBatch(
                                List.of(
                                        Outgoing.of(bytes(100_000)),
                                        Outgoing.of(bytes(100_000)),
                                        Outgoing.of(bytes(57_000))),
                                SendOptions.none()));
        refused(
                "a message of 128,001 bytes",
                QueueFault.MESSAGE_TOO_LARGE,
                () -> sender.send(bytes(128_001)));
        refused(
                "a message of 127,901 bytes and overhead",
                QueueFault.MESSAGE_TOO_LARGE,
                () -> sender.send(bytes(127_901)));
        refused(
                "64,000 characters of two bytes",
                QueueFault.MESSAGE_TOO_LARGE,
                () -> sender.send(Body.text("\u00e9".repeat(64_000))));
        List<Outgoing> oneTooLarge = new ArrayList<>(copies(3, "x"));
        oneTooLarge.add(Outgoing.of(bytes(128_001)));
        refused(
                "a batch with one message too large",
                QueueFault.MESSAGE_TOO_LARGE,
                () -> sender.sendBatch(oneTooLarge, SendOptions.none()));
        refused(
                "no message",
                QueueFault.EMPTY_BATCH,
                () -> sender.sendBatch(List.of(), SendOptions.none()));
        refused("no JSON", QueueFault.BODY_NOT_JSON, () -> Body.json("{"));
        Expect.equal("messages", List.of(), scene.texts("q"));
        Expect.equal("messages counted", 0L, scene.backlog("q"));
    }
}
