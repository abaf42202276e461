package dev.flowir.testing;

import static dev.flowir.testing.QueueScene.ONES;
import static dev.flowir.testing.QueueScene.TENS;
import static dev.flowir.testing.QueueScene.failure;
import static dev.flowir.testing.QueueScene.refused;
import static dev.flowir.testing.QueueScene.rule;
import static dev.flowir.testing.QueueScene.seconds;

import dev.flowir.queue.Body;
import dev.flowir.queue.Bound;
import dev.flowir.queue.DeadLetter;
import dev.flowir.queue.FailedAttempt;
import dev.flowir.queue.Message;
import dev.flowir.queue.MessageFilter;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Redrive;
import dev.flowir.queue.SendOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules of {@link QueueContract} about crashes and transactions. */
final class QueueCrashRules {

    /** Seconds. */
    private static final long HALF_A_LEASE = TENS.lease().toSeconds() / 2;

    private QueueCrashRules() {}

    static List<Rule<QueueBench>> rules() {
        return List.of(
                rule(
                                "Q-22",
                                "what was sent is delivered after a crash, to the second of its"
                                        + " delay",
                                "whether a send is acknowledged before it is durable",
                                QueueCrashRules::survives)
                        .where("supportsCrash()", QueueBench::supportsCrash),
                rule(
                                "Q-23",
                                "what a handler held when its process died is delivered again, with"
                                        + " the next attempt",
                                "whether leases of a dead process end, and whether its attempt"
                                        + " counts",
                                QueueCrashRules::redelivers)
                        .where("supportsCrash()", QueueBench::supportsCrash),
                rule(
                                "Q-125",
                                "queues keep settings, pause, counts and causes of death over a"
                                        + " crash, and redrives their tokens",
                                "what is kept of a queue itself",
                                QueueCrashRules::keepsQueues)
                        .where("supportsCrash()", QueueBench::supportsCrash),
                rule(
                                "Q-126",
                                "a send inside a transaction commits with it or is not there, and"
                                        + " does not wait",
                                "whether a send can be delivered before its transaction is over",
                                QueueCrashRules::sendsJoin)
                        .where("supportsTransactions()", QueueBench::supportsTransactions),
                rule(
                                "Q-127",
                                "an acknowledgement inside a transaction commits with its effects"
                                        + " or not at all",
                                "whether a rolled-back acknowledgement counts, and whether the"
                                        + " effects of a delivery that lost its lease are undone",
                                QueueCrashRules::acksJoin)
                        .where("supportsTransactions()", QueueBench::supportsTransactions),
                rule(
                                "Q-129",
                                "ackAll inside a transaction commits with its effects or not at all",
                                "whether a rolled-back ackAll still counts when the handler ends",
                                QueueCrashRules::ackAllJoins)
                        .where("supportsTransactions()", QueueBench::supportsTransactions));
    }

    private static void survives(QueueScene scene) {
        scene.queue("q", ONES);
        scene.send("q", "now");
        scene.sender("q").send(Body.text("later"), SendOptions.after(seconds(100)));
        scene.pass(40);
        scene.bench().crash();
        scene.listen();
        scene.consume("q", batch -> {});
        scene.settle();
        Expect.equal("deliveries after the crash", List.of("now#1"), scene.seen());
        scene.pass(59);
        Expect.equal("deliveries after 99 s", 1, scene.seen().size());
        scene.pass(1);
        Expect.equal("deliveries after 100 s", List.of("now#1", "later#1"), scene.seen());
    }

    private static void redelivers(QueueScene scene) {
        List<String> failures = new ArrayList<>();
        scene.queue("dead", ONES).queue("q", TENS.maxRetries(1).deadLetterQueue("dead"));
        scene.consume("q", batch -> scene.bench().crash());
        scene.sendAll("q", "1", "2");
        scene.pass(5);
        Expect.equal("deliveries before the crash", List.of("1#1", "2#1"), scene.seen());
        scene.listen();
        scene.consume(
                "q",
                batch -> {
                    if (batch.messages().get(0).body().text().equals("2")) {
                        throw failure();
                    }
                });
        if (scene.bench().leasesSurviveCrash()) {
            scene.pass(HALF_A_LEASE);
            Expect.equal("deliveries during the lease", 2, scene.seen().size());
            scene.pass(HALF_A_LEASE);
        }
        scene.pass(60);
        Expect.equal("deliveries", List.of("1#1", "2#1", "1#2", "2#2"), scene.seen());
        Expect.equal("dead letters", List.of("2"), scene.texts("dead"));
        scene.browse("dead")
                .get(0)
                .deadLetter()
                .map(DeadLetter::failures)
                .orElse(List.of())
                .forEach(failure -> failures.add(failure.error()));
        Expect.equal("errors of the dead letter", 2, failures.size());
        Expect.that(
                "the first speaks of a lost lease: " + failures, failures.get(0).contains("lease"));
    }

    private static void keepsQueues(QueueScene scene) {
        QueueSettings settings =
                TENS.maxRetries(0)
                        .deadLetterQueue("dead")
                        .bound(Bound.blocking(7, seconds(3)))
                        .retention(seconds(100_000));
        scene.queue("dead", ONES).queue("q", settings);
        scene.consume(
                "q",
                batch -> {
                    throw failure();
                });
        scene.send("q", "m");
        scene.pass(5);
        DeadLetter before = scene.browse("dead").get(0).deadLetter().orElseThrow();
        Redrive redrive = Redrive.of(MessageFilter.all()).token("t");
        scene.broker().admin("q").pause();
        scene.bench().crash();
        Expect.equal("queues", List.of("dead", "q"), scene.broker().queues());
        Expect.equal("settings", settings, scene.broker().admin("q").settings());
        Expect.equal("paused", true, scene.broker().admin("q").status().paused());
        Expect.equal("counts of dead", 1L, scene.counts("q").deadLettered());
        DeadLetter after = scene.browse("dead").get(0).deadLetter().orElseThrow();
        Expect.equal("the cause of death", before, after);
        Expect.equal(
                "its digest",
                before.failures().stream().map(FailedAttempt::stackDigest).toList(),
                after.failures().stream().map(FailedAttempt::stackDigest).toList());
        Expect.equal("letters moved", 1, scene.broker().admin("dead").redrive(redrive).moved());
        scene.bench().crash();
        Expect.equal(
                "letters moved by the same token after a crash",
                0,
                scene.broker().admin("dead").redrive(redrive).moved());
        Expect.equal("messages", List.of("m"), scene.texts("q"));
    }

    private static void sendsJoin(QueueScene scene) {
        scene.queue("q", ONES.bound(Bound.blocking(2, seconds(60))));
        scene.consume("q", batch -> {});
        Expect.refused(
                "a transaction that throws",
                IllegalStateException.class,
                () ->
                        scene.bench()
                                .transaction(() -> {
                                    scene.send("q", "undone");
                                    throw failure();
                                }));
        scene.pass(10);
        Expect.equal("deliveries of an undone send", List.of(), scene.seen());
        Expect.equal("messages", 0L, scene.backlog("q"));
        scene.bench()
                .transaction(() -> {
                    scene.send("q", "1");
                    scene.send("q", "2");
                    refused(
                            "a third that would have to wait",
                            QueueFault.STORAGE_LIMIT,
                            () -> scene.send("q", "3"));
                });
        scene.settle();
        Expect.equal("deliveries", List.of("1#1", "2#1"), scene.seen());
    }

    private static void acksJoin(QueueScene scene) {
        scene.queue("q", ONES.maxRetries(9).lease(seconds(60))).queue("out", ONES);
        scene.consume(
                "q",
                batch -> {
                    Message message = batch.messages().get(0);
                    switch (message.attempts()) {
                        case 1 -> // undone: both go
                                scene.bench()
                                        .transaction(() -> {
                                            scene.send("out", "undone");
                                            message.ack();
                                            throw failure();
                                        });
                        case 2 -> { // the lease ends before the acknowledgement
                            scene.clock().advance(seconds(61));
                            QueueException late =
                                    refused(
                                            "an acknowledgement after the lease",
                                            QueueFault.LEASE_ENDED,
                                            () ->
                                                    scene.bench()
                                                            .transaction(() -> {
                                                                scene.send("out", "late");
                                                                message.ack();
                                                            }));
                            Expect.that("it names the message", named(late, message));
                        }
                        default -> { // kept: both stay, though the handler throws
                            scene.bench()
                                    .transaction(() -> {
                                        scene.send("out", "kept");
                                        message.ack();
                                        message.ack();
                                    });
                            throw failure();
                        }
                    }
                });
        scene.send("q", "m");
        scene.pass(1);
        scene.pass(3600);
        Expect.equal("deliveries", List.of("m#1", "m#2", "m#3"), scene.seen());
        Expect.equal("effects", List.of("kept"), scene.texts("out"));
        Expect.equal("messages left", 0L, scene.backlog("q"));
        Expect.equal("acked", 1L, scene.counts("q").acked());
    }

    private static void ackAllJoins(QueueScene scene) {
        scene.queue("q", TENS.maxRetries(9)).queue("out", ONES);
        scene.consume(
                "q",
                batch -> {
                    boolean undone = batch.messages().get(0).attempts() == 1;
                    scene.bench()
                            .transaction(() -> {
                                scene.send("out", undone ? "undone" : "kept");
                                batch.ackAll();
                                batch.ackAll();
                                if (undone) {
                                    throw failure();
                                }
                            });
                    throw failure();
                });
        scene.sendAll("q", "1", "2");
        scene.pass(3600);
        Expect.equal(
                "how often each was delivered",
                List.of("1#1", "1#2", "2#1", "2#2"),
                scene.seen().stream().sorted().toList());
        Expect.equal("messages left", 0L, scene.backlog("q"));
        Expect.equal("acked", 2L, scene.counts("q").acked());
        Expect.equal("effects", Set.of("kept"), Set.copyOf(scene.texts("out")));
    }

    private static boolean named(QueueException late, Message message) {
        return String.valueOf(late.getMessage()).contains(message.id());
    }
}
