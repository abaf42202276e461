package dev.flowir.testing;

import static dev.flowir.testing.QueueScene.ONES;
import static dev.flowir.testing.QueueScene.TENS;
import static dev.flowir.testing.QueueScene.numbers;
import static dev.flowir.testing.QueueScene.rule;

import dev.flowir.queue.Body;
import dev.flowir.queue.ContentType;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueMetrics;
import dev.flowir.queue.QueueStatus;
import dev.flowir.queue.SendOptions;
import dev.flowir.queue.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules of {@link QueueContract} about how messages come to handlers. */
final class QueueDeliveryRules {

    private QueueDeliveryRules() {}

    static List<Rule<QueueBench>> rules() {
        return List.of(
                rule(
                        "Q-01",
                        "a full batch is delivered at once",
                        "whether a batch that has its size waits for its timeout",
                        scene -> {
                            scene.queue("q", TENS).consume("q", batch -> {});
                            scene.sendAll("q", numbers(10));
                            scene.settle();
                            Expect.equal("batches at once", 1, scene.batches().size());
                            Expect.equal("messages in it", 10, scene.seen().size());
                        }),
                rule(
                        "Q-02",
                        "a smaller batch is delivered when its first message has waited for the"
                                + " timeout",
                        "whether the timeout counts from the first message, and whether something"
                                + " wakes the consumer then",
                        scene -> {
                            scene.queue("q", TENS).consume("q", batch -> {});
                            scene.send("q", "a");
                            scene.pass(2);
                            scene.sendAll("q", "b", "c");
                            scene.pass(2);
                            Expect.equal("batches after 4 s", List.of(), scene.batches());
                            scene.pass(1);
                            Expect.equal(
                                    "batches after 5 s",
                                    List.of(List.of("a#1", "b#1", "c#1")),
                                    scene.batches());
                            scene.pass(60);
                            Expect.equal("batches later", 1, scene.batches().size());
                        }),
                rule(
                        "Q-03",
                        "an empty queue calls no handler",
                        "whether the timeout of a batch runs without a message",
                        scene -> {
                            scene.queue("q", TENS).consume("q", batch -> {});
                            scene.pass(3600);
                            Expect.equal("batches of an hour", List.of(), scene.batches());
                        }),
                rule(
                        "Q-04",
                        "a handler that returns acknowledges what it did not decide",
                        "what is settled when a handler returns",
                        scene -> {
                            scene.queue("q", TENS).consume("q", batch -> {});
                            scene.sendAll("q", numbers(4));
                            scene.pass(5);
                            scene.pass(3600);
                            Expect.equal("deliveries", 4, scene.seen().size());
                            Expect.equal("messages left", 0L, scene.backlog("q"));
                            Expect.equal("acked", 4L, scene.counts("q").acked());
                        }),
                rule(
                        "Q-27",
                        "a batch has messages of one queue, and names it",
                        "whether a consumer of two queues gets mixed batches",
                        QueueDeliveryRules::keepsQueuesApart),
                rule(
                        "Q-31",
                        "no more batches are in flight than the concurrency allows, and the peak is"
                                + " told",
                        "whether batches are taken before a handler is free for them",
                        QueueDeliveryRules::boundsConcurrency),
                rule(
                        "Q-101",
                        "a message comes as it was sent: id, time, type and bytes",
                        "the encoding of bodies, and which clock stamps messages",
                        QueueDeliveryRules::deliversWhatWasSent),
                rule(
                        "Q-102",
                        "a send tells what waits in the queue, and so does a batch",
                        "whether delayed messages and messages in flight are counted, with their"
                                + " bytes, and since when the oldest waits",
                        QueueDeliveryRules::tellsMetrics),
                rule(
                        "Q-103",
                        "each message is delivered once when nothing fails, in the order of"
                                + " sending",
                        "whether messages are taken twice by two batches, and whether a queue"
                                + " keeps order as long as nothing is retried",
                        QueueDeliveryRules::deliversOnce));
    }

    private static void keepsQueuesApart(QueueScene scene) {
        List<String> from = new ArrayList<>();
        scene.queue("a", TENS).queue("b", TENS);
        scene.consume(
                List.of("a", "b"),
                batch -> batch.messages().forEach(m -> from.add(batch.queue() + m.body().text())));
        for (int i = 0; i < 5; i++) {
            scene.send("a", "a");
            scene.send("b", "b");
        }
        scene.pass(5);
        Expect.equal("batches", 2, scene.batches().size());
        Expect.equal("queue and text of each message", Set.of("aa", "bb"), Set.copyOf(from));
        Expect.equal("messages", 10, from.size());
    }

    private static void boundsConcurrency(QueueScene scene) {
        List<Integer> inFlight = new ArrayList<>();
        scene.queue("q", TENS.maxConcurrency(4));
        for (int i = 0; i < 10; i++) {
            scene.sendAll("q", numbers(100));
        }
        scene.consume(
                "q", batch -> inFlight.add(scene.broker().admin("q").status().batchesInFlight()));
        scene.settle();
        Expect.equal("batches", 100, scene.batches().size());
        QueueStatus status = scene.broker().admin("q").status();
        Expect.equal("the peak that the status tells", 4, status.peakBatchesInFlight());
        Expect.that(
                "a handler sees 1 to 4 batches in flight: " + Set.copyOf(inFlight),
                inFlight.stream().allMatch(count -> count >= 1 && count <= 4));
        Expect.equal("batches in flight at the end", 0, status.batchesInFlight());
    }

    private static void deliversWhatWasSent(QueueScene scene) {
        List<Message> got = new ArrayList<>();
        scene.queue("q", ONES);
        byte[] bytes = {0, 1, -1, 127};
        Instant sentAt = scene.clock().instant();
        List<Body> bodies =
                List.of(
                        Body.text(""),
                        Body.text("\u00e9 \uD83D\uDE00 \u0000"),
                        Body.bytes(bytes),
                        Body.bytes(new byte[0]),
                        Body.json("{\"a\":[1.0,null]}"));
        List<String> ids = new ArrayList<>();
        bodies.forEach(body -> ids.add(scene.sender("q").send(body).id()));
        bytes[0] = 99;
        scene.pass(7);
        scene.consume("q", batch -> got.addAll(batch.messages()));
        scene.settle();
        Expect.equal("bodies", bodies, got.stream().map(Message::body).toList());
        Expect.equal("ids", ids, got.stream().map(Message::id).toList());
        Expect.equal("different ids", bodies.size(), new HashSet<>(ids).size());
        Expect.equal(
                "attempts", Set.of(1), Set.copyOf(got.stream().map(Message::attempts).toList()));
        Expect.equal(
                "timestamps",
                Set.of(sentAt),
                Set.copyOf(got.stream().map(Message::timestamp).toList()));
        Expect.equal("the type of JSON", ContentType.JSON, got.get(4).body().type());
        Expect.equal("why it is no dead letter", Optional.empty(), got.get(0).deadLetter());
    }

    private static void tellsMetrics(QueueScene scene) {
        List<QueueMetrics> told = new ArrayList<>();
        Instant start = scene.clock().instant();
        scene.queue("q", TENS);
        Expect.equal(
                "metrics of an empty queue",
                new QueueMetrics(0, 0, Optional.empty()),
                scene.broker().admin("q").metrics());
        scene.send("q", "1234567890");
        scene.pass(3);
        Sent second =
                scene.sender("q").send(Body.text("12345"), SendOptions.after(Duration.ofHours(1)));
        QueueMetrics expected = new QueueMetrics(2, 215, Optional.of(start));
        Expect.equal("metrics of the second send", expected, second.metrics());
        scene.consume(
                "q",
                batch -> {
                    told.add(batch.metrics());
                    told.add(scene.broker().admin("q").metrics());
                });
        scene.pass(2);
        Expect.equal("metrics of the batch, and meanwhile", List.of(expected, expected), told);
        Expect.equal(
                "metrics after it",
                new QueueMetrics(1, 105, Optional.of(start.plusSeconds(3))),
                scene.broker().admin("q").metrics());
    }

    private static void deliversOnce(QueueScene scene) {
        scene.queue("q", TENS.batches(7, Duration.ofSeconds(1)));
        List<String> sent = new ArrayList<>();
        scene.consume("q", batch -> {});
        for (int i = 0; i < 60; i++) {
            scene.send("q", "m" + i);
            sent.add("m" + i + "#1");
            if (i % 11 == 0) {
                scene.pass(1);
            }
        }
        scene.pass(1);
        Expect.equal("deliveries", sent, scene.seen());
    }
}
