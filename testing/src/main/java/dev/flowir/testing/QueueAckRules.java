package dev.flowir.testing;

import static dev.flowir.testing.QueueScene.TENS;
import static dev.flowir.testing.QueueScene.failure;
import static dev.flowir.testing.QueueScene.rule;
import static dev.flowir.testing.QueueScene.seconds;

import dev.flowir.queue.BatchHandler;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Retry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Rules of {@link QueueContract} about what a handler says: the first call on a message wins. */
final class QueueAckRules {

    private static final QueueSettings TOGETHER = TENS.onFailure(QueueSettings.OnFailure.TOGETHER);

    private QueueAckRules() {}

    static List<Rule<QueueBench>> rules() {
        return List.of(
                rule(
                        "Q-05",
                        "a handler that throws retries what it did not acknowledge, and only that",
                        "whether explicit acknowledgements are kept when the handler throws later"
                                + " (miniflare forgets them)",
                        scene ->
                                redelivered(
                                        scene,
                                        Set.of("3#2", "4#2"),
                                        batch -> {
                                            batch.messages().get(0).ack();
                                            batch.messages().get(1).ack();
                                            throw failure();
                                        },
                                        "1",
                                        "2",
                                        "3",
                                        "4")),
                rule(
                        "Q-06",
                        "retryAll after ack of a message retries the others",
                        "whether a batch call overrides an earlier call on a message",
                        scene ->
                                redelivered(
                                        scene,
                                        Set.of("2#2", "3#2"),
                                        batch -> {
                                            batch.messages().get(0).ack();
                                            batch.retryAll();
                                        },
                                        "1",
                                        "2",
                                        "3")),
                rule(
                        "Q-07",
                        "ackAll after retry of a message acknowledges the others",
                        "whether a batch call overrides an earlier call on a message",
                        scene ->
                                redelivered(
                                        scene,
                                        Set.of("1#2"),
                                        batch -> {
                                            batch.messages().get(0).retry();
                                            batch.ackAll();
                                        },
                                        "1",
                                        "2",
                                        "3")),
                rule(
                        "Q-08",
                        "ack of a message after retryAll is ignored, and a warning names it",
                        "whether a call on a message overrides an earlier batch call, and what the"
                                + " listener is told",
                        scene -> {
                            List<String> ids =
                                    redelivered(
                                            scene,
                                            Set.of("1#2", "2#2"),
                                            batch -> {
                                                batch.retryAll();
                                                batch.messages().get(0).ack();
                                            },
                                            "1",
                                            "2");
                            warnsOnce(scene, ids.get(0));
                        }),
                rule(
                        "Q-09",
                        "retry of a message after its ack is ignored, with a warning",
                        "whether a later call on a message overrides the first",
                        scene -> {
                            List<String> ids =
                                    redelivered(
                                            scene,
                                            Set.of(),
                                            batch -> {
                                                batch.messages().get(0).ack();
                                                batch.messages().get(0).retry();
                                            },
                                            "1");
                            warnsOnce(scene, ids.get(0));
                        }),
                rule(
                        "Q-10",
                        "a second retry of a message changes its delay, and it is redelivered once",
                        "whether the later delay wins, and whether two retries make two messages",
                        QueueAckRules::laterDelayWins),
                rule(
                        "Q-104",
                        "the other cells of the table: ack after retry, retry after ackAll, ackAll"
                                + " after retryAll and the reverse are ignored; ack after ackAll is"
                                + " silent",
                        "the table of dev.flowir.queue.Batch, cell by cell",
                        QueueAckRules::restOfTheTable),
                rule(
                        "Q-105",
                        "what a handler says after it has ended is ignored, with a warning",
                        "whether decisions are closed when the handler ends",
                        QueueAckRules::tooLate));
    }

    /** Runs a handler on one batch, and all later ones to their ends. */
    private static List<String> redelivered(
            QueueScene scene, Set<String> expected, BatchHandler first, String... texts)
            throws Exception {
        scene.queue("q", TOGETHER);
        scene.consume(
                "q",
                batch -> {
                    if (batch.messages().get(0).attempts() == 1) {
                        first.handle(batch);
                    }
                });
        List<String> ids = scene.sendAll("q", texts);
        scene.pass(5);
        Expect.equal("messages of the first batch", texts.length, scene.seen().size());
        scene.pass(3600);
        Set<String> again = new TreeSet<>(scene.seen().subList(texts.length, scene.seen().size()));
        Expect.equal("what was delivered again, with its attempt", new TreeSet<>(expected), again);
        Expect.equal("deliveries", texts.length + expected.size(), scene.seen().size());
        Expect.equal("messages left", 0L, scene.backlog("q"));
        return ids;
    }

    private static void warnsOnce(QueueScene scene, String id) {
        Expect.equal("warnings", 1, scene.ignored().size());
        Expect.that(
                "the warning names message " + id + ": " + scene.ignored(),
                scene.ignored().get(0).startsWith(id));
    }

    private static void laterDelayWins(QueueScene scene) {
        scene.queue("q", QueueScene.ONES);
        scene.consume(
                "q",
                batch -> {
                    Message message = batch.messages().get(0);
                    if (message.attempts() == 1) {
                        message.retry(Retry.after(seconds(10)));
                        message.retry(Retry.after(seconds(60)));
                    }
                });
        scene.send("q", "m");
        scene.pass(59);
        Expect.equal("deliveries after 59 s", List.of("m#1"), scene.seen());
        scene.pass(1);
        Expect.equal("deliveries after 60 s", List.of("m#1", "m#2"), scene.seen());
        scene.pass(3600);
        Expect.equal("deliveries later", 2, scene.seen().size());
    }

    private static void restOfTheTable(QueueScene scene) throws Exception {
        List<BatchHandler> handlers =
                List.of(
                        batch -> {
                            batch.messages().get(0).retry();
                            batch.messages().get(0).ack();
                        },
                        batch -> {
                            batch.ackAll();
                            batch.messages().get(0).retry();
                            batch.retryAll();
                        },
                        batch -> {
                            batch.retryAll();
                            batch.ackAll();
                        },
                        batch -> {
                            batch.ackAll();
                            batch.ackAll();
                            batch.messages().forEach(Message::ack);
                            batch.messages().forEach(Message::ack);
                        });
        List<Set<String>> again = List.of(Set.of("1#2"), Set.of(), Set.of("1#2", "2#2"), Set.of());
        List<Integer> warnings = List.of(1, 2, 1, 0);
        for (int i = 0; i < handlers.size(); i++) {
            QueueScene part = new QueueScene(scene.bench(), scene.clock());
            part.queue("q" + i, TOGETHER);
            BatchHandler first = handlers.get(i);
            part.consume(
                    "q" + i,
                    batch -> {
                        if (batch.messages().get(0).attempts() == 1) {
                            first.handle(batch);
                        }
                    });
            part.sendAll("q" + i, "1", "2");
            part.pass(3600);
            Expect.equal(
                    "what cell " + i + " delivers again",
                    again.get(i),
                    Set.copyOf(part.seen().subList(2, part.seen().size())));
            Expect.equal("warnings of cell " + i, warnings.get(i), part.ignored().size());
        }
    }

    private static void tooLate(QueueScene scene) {
        List<Message> kept = new ArrayList<>();
        scene.queue("q", QueueScene.ONES);
        scene.consume("q", batch -> kept.addAll(batch.messages()));
        scene.send("q", "m");
        scene.settle();
        kept.get(0).retry();
        scene.pass(3600);
        Expect.equal("deliveries", List.of("m#1"), scene.seen());
        Expect.equal("warnings", 1, scene.ignored().size());
    }
}
