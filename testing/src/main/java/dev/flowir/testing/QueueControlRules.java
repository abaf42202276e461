package dev.flowir.testing;

import static dev.flowir.testing.QueueScene.ONES;
import static dev.flowir.testing.QueueScene.TENS;
import static dev.flowir.testing.QueueScene.numbers;
import static dev.flowir.testing.QueueScene.refused;
import static dev.flowir.testing.QueueScene.rule;
import static dev.flowir.testing.QueueScene.seconds;

import dev.flowir.queue.Body;
import dev.flowir.queue.MessageFilter;
import dev.flowir.queue.QueueAdmin;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Queued;
import dev.flowir.queue.SendOptions;
import dev.flowir.queue.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Rules of {@link QueueContract} about what an operator does. */
final class QueueControlRules {

    private QueueControlRules() {}

    static List<Rule<QueueBench>> rules() {
        return List.of(
                rule(
                        "Q-25",
                        "a paused queue takes sends and delivers nothing; retention goes on",
                        "whether pausing stops retention or senders, and whether resuming delivers"
                                + " all that waited",
                        QueueControlRules::pauses),
                rule(
                        "Q-26",
                        "a purge removes what is visible and what is delayed; what is in flight may"
                                + " finish",
                        "whether delayed messages survive a purge",
                        QueueControlRules::purges),
                rule(
                        "Q-113",
                        "a second consumer of a queue is refused by name, until the first is"
                                + " closed",
                        "whether two consumers can share a queue, also a pulling one and one that"
                                + " is called, and whether a refused one holds on to other queues",
                        QueueControlRules::oneConsumer),
                rule(
                        "Q-114",
                        "a dead-letter queue that is not there is refused, or made when asked for;"
                                + " one that leads back is refused",
                        "what a declaration does with the queue it names",
                        QueueControlRules::deadLetterQueueMustBe),
                rule(
                        "Q-115",
                        "settings change while messages wait and handlers run, and none is lost",
                        "what a second declaration does to waiting messages, to alarms that were"
                                + " set under the old settings, and to batches in flight",
                        QueueControlRules::changesHot),
                rule(
                        "Q-116",
                        "names, settings and pages out of range are refused, and unknown queues",
                        "whether a declaration is checked before anything is kept",
                        QueueControlRules::refusesNonsense),
                rule(
                        "Q-117",
                        "browsing shows each waiting message once, page by page, with its state",
                        "whether pages overlap or leave out, and how states are told apart",
                        QueueControlRules::browses),
                rule(
                        "Q-118",
                        "closing a consumer ends delivery; what it has not begun goes back,"
                                + " uncounted",
                        "whether batches that were taken and not started are lost, or count as"
                                + " attempts",
                        QueueControlRules::closes));
    }

    private static void pauses(QueueScene scene) {
        scene.queue("q", ONES.retention(seconds(100)));
        scene.consume("q", batch -> {});
        QueueAdmin admin = scene.broker().admin("q");
        admin.pause();
        scene.send("q", "old");
        scene.pass(60);
        scene.send("q", "new");
        scene.pass(39);
        Expect.equal("deliveries while paused", List.of(), scene.seen());
        Expect.equal("messages while paused", 2L, scene.backlog("q"));
        Expect.equal("the status", true, admin.status().paused());
        refusedPullWhilePaused(scene);
        scene.pass(1);
        Expect.equal("messages after the retention", List.of("new"), scene.texts("q"));
        admin.resume();
        scene.settle();
        Expect.equal("deliveries after the resume", List.of("new#1"), scene.seen());
    }

    private static void refusedPullWhilePaused(QueueScene scene) {
        scene.queue("pulled", ONES);
        scene.send("pulled", "m");
        scene.broker().admin("pulled").pause();
        try (var consumer = scene.broker().pull("puller", "pulled")) {
            QueueException refusal =
                    refused("a pull while paused", QueueFault.PAUSED, consumer::pull);
            Expect.equal("its status", 409, refusal.fault().status());
            scene.broker().admin("pulled").resume();
            Expect.equal("messages of a pull later", 1, consumer.pull().size());
        }
    }

    private static void purges(QueueScene scene) {
        List<Long> purged = new ArrayList<>();
        scene.queue("q", ONES.maxConcurrency(1));
        scene.send("q", "in flight");
        scene.sendAll("q", "visible", "visible too");
        scene.sender("q").send(Body.text("delayed"), SendOptions.after(seconds(60)));
        scene.consume("q", batch -> purged.add(scene.broker().admin("q").purge()));
        scene.pass(3600);
        Expect.equal("deliveries", List.of("in flight#1"), scene.seen());
        Expect.equal("what the purge removed", List.of(3L), purged);
        Expect.equal("messages left", 0L, scene.backlog("q"));
        Expect.equal("counted as purged", 3L, scene.counts("q").purged());
        Expect.equal("counted as acked", 1L, scene.counts("q").acked());
        for (int i = 0; i < 12; i++) {
            scene.sendAll("q", numbers(100));
        }
        scene.broker().admin("q").pause();
        Expect.that("a large purge leaves nothing", scene.broker().admin("q").purge() <= 1200);
        Expect.equal("messages left", 0L, scene.backlog("q"));
    }

    private static void oneConsumer(QueueScene scene) {
        scene.queue("free", ONES).queue("q", ONES);
        Subscription first = scene.broker().consume("first", List.of("q"), batch -> {});
        Expect.equal(
                "the consumer that the status names",
                "first",
                scene.broker().admin("q").status().consumer().orElse(""));
        QueueException refusal =
                refused(
                        "a second consumer",
                        QueueFault.CONSUMER_EXISTS,
                        () -> scene.broker().consume("second", List.of("free", "q"), batch -> {}));
        Expect.that(
                "the message names both: " + refusal.getMessage(),
                String.valueOf(refusal.getMessage()).contains("'first'")
                        && String.valueOf(refusal.getMessage()).contains("'second'"));
        refused(
                "a puller beside it",
                QueueFault.CONSUMER_EXISTS,
                () -> scene.broker().pull("puller", "q"));
        Subscription other = scene.broker().consume("third", List.of("free"), batch -> {});
        first.close();
        other.close();
        try (var puller = scene.broker().pull("puller", "q")) {
            refused(
                    "a consumer beside a puller",
                    QueueFault.CONSUMER_EXISTS,
                    () -> scene.broker().consume("late", List.of("q"), batch -> {}));
            Expect.equal("messages", 0, puller.pull().size());
        }
        scene.consume("q", batch -> {});
        scene.send("q", "m");
        scene.settle();
        Expect.equal("deliveries to the last one", List.of("m#1"), scene.seen());
    }

    private static void deadLetterQueueMustBe(QueueScene scene) {
        QueueException refusal =
                refused(
                        "a missing dead-letter queue",
                        QueueFault.BAD_DEAD_LETTER_QUEUE,
                        () -> scene.queue("q", ONES.deadLetterQueue("dead")));
        Expect.that(
                "the message names it: " + refusal.getMessage(),
                String.valueOf(refusal.getMessage()).contains("'dead'"));
        Expect.equal("queues", List.of(), scene.broker().queues());
        scene.queue(
                "q",
                ONES.deadLetters(
                        new QueueSettings.DeadLetters("dead", QueueSettings.IfMissing.CREATE)));
        Expect.equal("queues", List.of("dead", "q"), scene.broker().queues());
        refused(
                "a queue that is its own dead-letter queue",
                QueueFault.BAD_DEAD_LETTER_QUEUE,
                () -> scene.queue("q", ONES.deadLetterQueue("q")));
        refused(
                "a dead-letter queue that leads back",
                QueueFault.BAD_DEAD_LETTER_QUEUE,
                () -> scene.queue("dead", ONES.deadLetterQueue("q")));
        Expect.equal(
                "the settings of 'dead' after the refusal",
                QueueSettings.defaults(),
                scene.broker().admin("dead").settings());
    }

    private static void changesHot(QueueScene scene) {
        scene.queue("dead", ONES).queue("q", TENS.batches(10, seconds(60)).maxRetries(9));
        scene.consume(
                "q",
                batch -> {
                    if (batch.messages().stream()
                            .anyMatch(message -> message.body().text().equals("fails"))) {
                        scene.queue(
                                "q",
                                TENS.batches(10, seconds(1)).maxRetries(1).deadLetterQueue("dead"));
                        throw QueueScene.failure();
                    }
                });
        scene.sendAll("q", "1", "2");
        scene.pass(10);
        Expect.equal("deliveries under the old timeout", List.of(), scene.seen());
        scene.queue("q", TENS.batches(10, seconds(20)).maxRetries(9));
        scene.pass(10);
        Expect.equal("deliveries under the new timeout", List.of("1#1", "2#1"), scene.seen());
        scene.send("q", "fails");
        scene.pass(60);
        Expect.equal(
                "deliveries of a message whose retries were changed in flight",
                2L,
                scene.seen().stream().filter(seen -> seen.startsWith("fails")).count());
        Expect.equal("dead letters", List.of("fails"), scene.texts("dead"));
        Expect.equal("messages left", 0L, scene.backlog("q"));
        scene.queue("q", TENS.batches(2, seconds(60)));
        scene.sendAll("q", "5", "6", "7");
        scene.settle();
        Expect.equal(
                "the last batch",
                List.of("5#1", "6#1"),
                scene.batches().get(scene.batches().size() - 1));
        scene.queue("q", TENS.batches(1, Duration.ZERO));
        scene.settle();
        Expect.equal("messages left", 0L, scene.backlog("q"));
    }

    private static void refusesNonsense(QueueScene scene) {
        for (String name :
                List.of(
                        "",
                        "a b",
                        "-a",
                        ".",
                        "..",
                        "../a",
                        "a/b",
                        "a\u0000",
                        "a\n",
                        "\u001b[31m",
                        "x".repeat(64),
                        "\u00e9",
                        "e\u0301",
                        "\uD83D",
                        HostileTexts.HUGE)) {
            QueueException refusal =
                    Expect.refused("a name", QueueException.class, () -> scene.queue(name, ONES));
            Expect.equal("its fault", QueueFault.BAD_NAME, refusal.fault());
            HostileTexts.fitsOnALine(refusal);
        }
        List<QueueSettings> wrong =
                List.of(
                        ONES.batches(0, Duration.ZERO),
                        ONES.batches(101, Duration.ZERO),
                        ONES.batches(1, seconds(61)),
                        ONES.batches(1, seconds(-1)),
                        ONES.maxRetries(-1),
                        ONES.maxRetries(101),
                        ONES.retryDelay(seconds(86_401)),
                        ONES.deliveryDelay(seconds(-1)),
                        ONES.retention(seconds(59)),
                        ONES.retention(Duration.ofDays(15)),
                        ONES.maxConcurrency(0),
                        ONES.maxConcurrency(251),
                        ONES.lease(Duration.ofMinutes(16)));
        for (QueueSettings settings : wrong) {
            refused(
                    "settings out of range: " + settings,
                    QueueFault.BAD_SETTING,
                    () -> scene.queue("q", settings));
        }
        Expect.equal("queues", List.of(), scene.broker().queues());
        refused("an unknown queue", QueueFault.NOT_FOUND, () -> scene.sender("q"));
        refused("an unknown queue", QueueFault.NOT_FOUND, () -> scene.broker().admin("q"));
        refused("an unknown queue", QueueFault.NOT_FOUND, () -> scene.consume("q", batch -> {}));
        refused("an unknown queue", QueueFault.NOT_FOUND, () -> scene.broker().pull("p", "q"));
        scene.queue("a.B_c-9", ONES);
        scene.queue("x".repeat(63), ONES);
        QueueAdmin admin = scene.broker().admin("a.B_c-9");
        refused(
                "a page of no messages",
                QueueFault.BAD_SETTING,
                () -> admin.browse(MessageFilter.all(), 0, 0));
    }

    private static void browses(QueueScene scene) {
        scene.queue("q", ONES);
        for (int i = 0; i < 25; i++) {
            scene.send("q", "m" + i);
        }
        scene.sender("q").send(Body.text("later"), SendOptions.after(seconds(60)));
        List<Queued> all = new ArrayList<>();
        try (var puller = scene.broker().pull("puller", "q")) {
            puller.pull(2, seconds(30));
            long place = 0;
            List<Queued> page = scene.broker().admin("q").browse(MessageFilter.all(), place, 10);
            while (!page.isEmpty() && all.size() < 100) {
                all.addAll(page);
                place = page.get(page.size() - 1).place();
                page = scene.broker().admin("q").browse(MessageFilter.all(), place, 10);
            }
        }
        Expect.equal("messages", 26, all.size());
        Expect.equal(
                "different ids", 26, new HashSet<>(all.stream().map(Queued::id).toList()).size());
        Expect.equal("the first", Queued.State.IN_FLIGHT, all.get(0).state());
        Expect.equal("attempts of the first", 1, all.get(0).attempts());
        Expect.equal("the third", Queued.State.VISIBLE, all.get(2).state());
        Expect.equal("the last", Queued.State.DELAYED, all.get(25).state());
        Expect.equal(
                "when it is visible",
                scene.clock().instant().plusSeconds(60),
                all.get(25).visibleAt());
        Expect.equal(
                "one by its id",
                List.of(all.get(7)),
                scene.broker().admin("q").browse(MessageFilter.ids(all.get(7).id()), 0, 10));
    }

    private static void closes(QueueScene scene) {
        scene.queue("q", ONES.maxConcurrency(3));
        scene.sendAll("q", "1", "2", "3", "4", "5");
        List<Subscription> subscription = new ArrayList<>();
        subscription.add(
                scene.consume(
                        "q",
                        batch -> {
                            if (batch.messages().get(0).body().text().equals("1")) {
                                // In flight are this one, and two that no handler has begun.
                                subscription.get(0).close(Duration.ZERO);
                            }
                        }));
        scene.pass(3600);
        Expect.equal("deliveries to the closed one", List.of("1#1"), scene.seen());
        Expect.equal("batches in flight", 0, scene.broker().admin("q").status().batchesInFlight());
        scene.consume("q", batch -> {});
        scene.settle();
        Expect.equal(
                "deliveries with those to another consumer",
                List.of("1#1", "2#1", "3#1", "4#1", "5#1"),
                scene.seen());
        Expect.equal("messages left", 0L, scene.backlog("q"));
    }
}
