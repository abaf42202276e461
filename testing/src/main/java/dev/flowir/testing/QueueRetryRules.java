package dev.flowir.testing;

import static dev.flowir.testing.QueueScene.ONES;
import static dev.flowir.testing.QueueScene.TENS;
import static dev.flowir.testing.QueueScene.failure;
import static dev.flowir.testing.QueueScene.rule;
import static dev.flowir.testing.QueueScene.seconds;

import dev.flowir.queue.DeadLetter;
import dev.flowir.queue.FailedAttempt;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Queued;
import dev.flowir.queue.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Rules of {@link QueueContract} about retries and dead letters. */
final class QueueRetryRules {

    private QueueRetryRules() {}

    static List<Rule<QueueBench>> rules() {
        return List.of(
                rule(
                        "Q-11",
                        "N retries are N+1 deliveries, numbered from 1; then the message is a dead"
                                + " letter",
                        "whether the first delivery counts as a retry",
                        scene -> {
                            scene.queue("dead", ONES)
                                    .queue("q", ONES.maxRetries(3).deadLetterQueue("dead"));
                            failing(scene);
                            scene.send("q", "m");
                            scene.pass(3600);
                            Expect.equal(
                                    "deliveries",
                                    List.of("m#1", "m#2", "m#3", "m#4"),
                                    scene.seen());
                            Expect.equal("dead letters", List.of("m"), scene.texts("dead"));
                            Expect.equal("messages left", 0L, scene.backlog("q"));
                            Expect.equal("counted as dead", 1L, scene.counts("q").deadLettered());
                        }),
                rule(
                        "Q-12",
                        "without a dead-letter queue a message is dropped after the last delivery,"
                                + " and counted",
                        "whether a lost message is counted",
                        scene -> {
                            scene.queue("q", ONES.maxRetries(3));
                            failing(scene);
                            scene.send("q", "m");
                            scene.pass(3600);
                            Expect.equal("deliveries", 4, scene.seen().size());
                            Expect.equal("messages left", 0L, scene.backlog("q"));
                            Expect.equal("counted as dropped", 1L, scene.counts("q").dropped());
                        }),
                rule(
                        "Q-13",
                        "no retries mean one delivery",
                        "whether a limit of zero means no limit",
                        scene -> {
                            scene.queue("dead", ONES)
                                    .queue("q", ONES.maxRetries(0).deadLetterQueue("dead"));
                            failing(scene);
                            scene.send("q", "m");
                            scene.pass(3600);
                            Expect.equal("deliveries", List.of("m#1"), scene.seen());
                            Expect.equal("dead letters", List.of("m"), scene.texts("dead"));
                        }),
                rule(
                        "Q-14",
                        "a poison message among good ones dies alone, once",
                        "whether good messages of its batch are delivered again or dead-lettered",
                        QueueRetryRules::poisonAmongGood),
                rule(
                        "Q-15",
                        "a dead letter keeps id, time and body, and starts with attempt 1",
                        "what moving to another queue does with a message",
                        QueueRetryRules::deadLettersAreMessages),
                rule(
                        "Q-16",
                        "a message that nobody takes expires after the retention, and is counted",
                        "whether retention runs without a consumer, and for dead letters from"
                                + " their death on",
                        QueueRetryRules::expires),
                rule(
                        "Q-106",
                        "a dead letter says why: source, attempts, errors, digest, first delivery,"
                                + " death, run",
                        "what is kept of a failed attempt",
                        QueueRetryRules::deadLettersSayWhy),
                rule(
                        "Q-107",
                        "giving up makes a dead letter at once",
                        "whether a permanent failure still uses up its retries",
                        scene -> {
                            scene.queue("dead", ONES).queue("q", ONES.deadLetterQueue("dead"));
                            scene.consume("q", batch -> batch.messages().get(0).giveUp(failure()));
                            scene.send("q", "m");
                            scene.pass(3600);
                            Expect.equal("deliveries", List.of("m#1"), scene.seen());
                            Expect.equal("dead letters", List.of("m"), scene.texts("dead"));
                        }),
                rule(
                        "Q-108",
                        "a handler that throws gets the messages of its batch again one by one, so"
                                + " that only the poison dies",
                        "whether QueueSettings.OnFailure.ISOLATE splits a failed batch",
                        QueueRetryRules::isolatesPoison),
                rule(
                        "Q-109",
                        "the queue's retry delay holds, and the handler's beats it",
                        "which delay a retry waits for",
                        QueueRetryRules::delaysRetries));
    }

    private static void failing(QueueScene scene) {
        scene.consume(
                "q",
                batch -> {
                    throw failure();
                });
    }

    private static void poisonAmongGood(QueueScene scene) {
        scene.queue("dead", TENS).queue("q", TENS.maxRetries(5).deadLetterQueue("dead"));
        scene.consume(
                "q",
                batch -> {
                    for (Message message : batch.messages()) {
                        if (message.body().text().equals("poison")) {
                            message.retry();
                        } else {
                            message.ack();
                        }
                    }
                });
        scene.sendAll("q", "1", "2", "3", "4", "poison", "6", "7", "8", "9", "10");
        scene.pass(3600);
        for (String good : List.of("1", "2", "3", "4", "6", "7", "8", "9", "10")) {
            Expect.equal(
                    "deliveries of a good message",
                    1,
                    Collections.frequency(scene.seen(), good + "#1"));
        }
        Expect.equal("deliveries of all", 9 + 6, scene.seen().size());
        Expect.equal("dead letters", List.of("poison"), scene.texts("dead"));
    }

    private static void deadLettersAreMessages(QueueScene scene) {
        List<Message> dead = new ArrayList<>();
        scene.queue("dead", ONES).queue("q", ONES.maxRetries(1).deadLetterQueue("dead"));
        Instant sentAt = scene.clock().instant();
        failing(scene);
        scene.pass(100);
        String id = scene.send("q", "m");
        scene.pass(100);
        scene.broker()
                .consume("undertaker", List.of("dead"), batch -> dead.addAll(batch.messages()));
        scene.settle();
        Expect.equal("dead letters", 1, dead.size());
        Message letter = dead.get(0);
        Expect.equal("its id", id, letter.id());
        Expect.equal("its time", sentAt.plusSeconds(100), letter.timestamp());
        Expect.equal("its body", "m", letter.body().text());
        Expect.equal("its attempt", 1, letter.attempts());
        Expect.equal(
                "where it died",
                Optional.of("q"),
                letter.deadLetter().map(DeadLetter::sourceQueue));
        Expect.equal("dead letters left", 0L, scene.backlog("dead"));
    }

    private static void expires(QueueScene scene) {
        long days = Duration.ofDays(4).toSeconds();
        scene.queue("dead", ONES).queue("q", ONES.maxRetries(0).deadLetterQueue("dead"));
        failing(scene);
        scene.pass(days - 10);
        scene.send("q", "m");
        scene.settle();
        scene.pass(days - 1);
        Expect.equal("letters a second before four days", 1L, scene.backlog("dead"));
        scene.pass(2);
        Expect.equal("letters after four days and a second", 0L, scene.backlog("dead"));
        Expect.equal("counted as expired", 1L, scene.counts("dead").expired());
        Expect.equal("letters that can be seen", List.of(), scene.texts("dead"));
    }

    private static void deadLettersSayWhy(QueueScene scene) {
        scene.queue("dead", ONES)
                .queue("q", ONES.maxRetries(1).retryDelay(seconds(10)).deadLetterQueue("dead"));
        scene.consume(
                "q",
                batch -> {
                    Message message = batch.messages().get(0);
                    if (message.attempts() == 2) {
                        message.retry(
                                Retry.because(new java.io.IOException("disk gone")).inRun("r-7"));
                    } else {
                        throw new IllegalStateException("first");
                    }
                });
        Instant start = scene.clock().instant();
        scene.send("q", "m");
        scene.pass(3600);
        List<Queued> dead = scene.browse("dead");
        Expect.equal("dead letters", 1, dead.size());
        DeadLetter letter = dead.get(0).deadLetter().orElseThrow();
        Expect.equal("the source", "q", letter.sourceQueue());
        Expect.equal("the attempts", 2, letter.attempts());
        Expect.equal("first delivery", Optional.of(start), letter.firstSeen());
        Expect.equal("death", start.plusSeconds(10), letter.deadAt());
        Expect.equal(
                "the errors",
                List.of("java.lang.IllegalStateException: first", "java.io.IOException: disk gone"),
                letter.failures().stream().map(FailedAttempt::error).toList());
        Expect.equal("the last error", "java.io.IOException: disk gone", letter.lastError());
        Expect.equal("the run", Optional.of("r-7"), letter.runId());
        Expect.that(
                "the digest has 12 hexadecimal digits: " + letter.stackDigest(),
                letter.stackDigest().filter(d -> d.matches("[0-9a-f]{12}")).isPresent());
    }

    private static void isolatesPoison(QueueScene scene) {
        scene.queue("dead", TENS)
                .queue(
                        "q",
                        TENS.maxRetries(2)
                                .onFailure(QueueSettings.OnFailure.ISOLATE)
                                .deadLetterQueue("dead"));
        scene.consume(
                "q",
                batch -> {
                    if (batch.messages().stream()
                            .anyMatch(message -> message.body().text().equals("poison"))) {
                        throw failure();
                    }
                });
        scene.sendAll("q", "1", "2", "poison", "4", "5");
        scene.pass(3600);
        Expect.equal("dead letters", List.of("poison"), scene.texts("dead"));
        Expect.equal("acked", 4L, scene.counts("q").acked());
        Expect.that(
                "batches after the failed one have one message: " + scene.batches(),
                scene.batches().stream().skip(1).allMatch(batch -> batch.size() == 1));
        Expect.equal("deliveries of the good ones", 8, scene.seen().size() - 3);
    }

    private static void delaysRetries(QueueScene scene) {
        List<Long> at = new ArrayList<>();
        scene.queue("q", ONES.maxRetries(3).retryDelay(seconds(10)));
        scene.consume(
                "q",
                batch -> {
                    at.add(scene.now());
                    switch (batch.messages().get(0).attempts()) {
                        case 1 -> throw failure();
                        case 2 -> batch.messages().get(0).retry();
                        case 3 -> batch.messages().get(0).retry(Retry.after(seconds(3)));
                        default -> {}
                    }
                });
        scene.send("q", "m");
        for (int i = 0; i < 60; i++) {
            scene.pass(1);
        }
        Expect.equal("seconds of the deliveries", List.of(0L, 10L, 20L, 23L), at);
    }
}
