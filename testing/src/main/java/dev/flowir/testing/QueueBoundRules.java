package dev.flowir.testing;

import static dev.flowir.testing.QueueScene.ONES;
import static dev.flowir.testing.QueueScene.failure;
import static dev.flowir.testing.QueueScene.refused;
import static dev.flowir.testing.QueueScene.rule;
import static dev.flowir.testing.QueueScene.seconds;

import dev.flowir.queue.Body;
import dev.flowir.queue.Bound;
import dev.flowir.queue.PullConsumer;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Rules of {@link QueueContract} about bounds: nothing is buffered without a number. */
final class QueueBoundRules {

    /** After this, a sender that does not move is taken to stand still for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private QueueBoundRules() {}

    static List<Rule<QueueBench>> rules() {
        return List.of(
                rule(
                        "Q-24a",
                        "a full queue that rejects refuses a send as Storage Limit Exceeded",
                        "whether messages in flight and delayed ones count, and whether the bound"
                                + " itself is accepted",
                        QueueBoundRules::rejects),
                rule(
                        "Q-24b",
                        "a full queue that drops the oldest takes a send and counts the loss",
                        "which message goes, and whether one in flight can be the one",
                        QueueBoundRules::dropsOldest),
                rule(
                        "Q-24c",
                        "a full queue that blocks lets a send wait until there is room",
                        "whether anything wakes a waiting sender",
                        QueueBoundRules::blocks),
                rule(
                        "Q-24d",
                        "a send waits no longer than the bound says, and an interrupted one not at"
                                + " all; nothing is sent then",
                        "whether the wait has an end, and what an interrupt does",
                        QueueBoundRules::waitsBounded),
                rule(
                        "Q-112",
                        "a dead letter finds room in a full queue",
                        "whether a message can be lost on its way to the dead-letter queue",
                        scene -> {
                            scene.queue("dead", ONES.bound(Bound.rejecting(1)))
                                    .queue("q", ONES.maxRetries(0).deadLetterQueue("dead"));
                            scene.consume(
                                    "q",
                                    batch -> {
                                        throw failure();
                                    });
                            scene.sendAll("q", "1", "2", "3");
                            scene.pass(60);
                            Expect.equal(
                                    "dead letters", List.of("1", "2", "3"), scene.texts("dead"));
                            refused(
                                    "a send to the full queue",
                                    QueueFault.STORAGE_LIMIT,
                                    () -> scene.send("dead", "4"));
                        }));
    }

    private static void rejects(QueueScene scene) {
        scene.queue("q", ONES.bound(Bound.rejecting(3)));
        scene.sendAll("q", "1", "2");
        refused(
                "two sends to one place",
                QueueFault.STORAGE_LIMIT,
                () -> scene.sendAll("q", "3", "4"));
        scene.send("q", "3");
        try (PullConsumer consumer = scene.broker().pull("puller", "q")) {
            List<PullConsumer.Leased> leased = consumer.pull(1, seconds(60));
            String text =
                    String.valueOf(
                            refused(
                                            "a send to the full queue",
                                            QueueFault.STORAGE_LIMIT,
                                            () -> scene.send("q", "4"))
                                    .getMessage());
            Expect.that(
                    "the message says 'Storage Limit Exceeded': " + text,
                    text.contains("Storage Limit Exceeded"));
            consumer.settle(List.of(leased.get(0).leaseId()), List.of());
        }
        scene.send("q", "4");
        Expect.equal("messages", List.of("2", "3", "4"), scene.texts("q"));
        QueueSettings bytes =
                ONES.bound(new Bound(Long.MAX_VALUE, 300, new Bound.Overflow.Reject()));
        scene.queue("bytes", bytes);
        scene.sender("bytes").send(Body.bytes(new byte[50]));
        refused(
                "a send over the bound of bytes",
                QueueFault.STORAGE_LIMIT,
                () -> scene.sender("bytes").send(Body.bytes(new byte[51])));
        scene.sender("bytes").send(Body.bytes(new byte[50]));
    }

    private static void dropsOldest(QueueScene scene) {
        scene.queue("q", ONES.bound(Bound.droppingOldest(3)));
        scene.sendAll("q", "1", "2", "3");
        try (PullConsumer consumer = scene.broker().pull("puller", "q")) {
            List<PullConsumer.Leased> leased = consumer.pull(1, seconds(60));
            Expect.equal("the message in flight", "1", leased.get(0).body().text());
            scene.send("q", "4");
            Expect.equal("messages", List.of("1", "3", "4"), scene.texts("q"));
            scene.sendAll("q", "5", "6");
            Expect.equal("messages", List.of("1", "5", "6"), scene.texts("q"));
            Expect.equal("dropped", 3L, scene.counts("q").dropped());
            refused(
                    "more than ever fits",
                    QueueFault.STORAGE_LIMIT,
                    () -> scene.sendAll("q", "7", "8", "9", "10"));
            refused(
                    "more than fits beside the one in flight",
                    QueueFault.STORAGE_LIMIT,
                    () -> scene.sendAll("q", "7", "8", "9"));
            Expect.equal("messages", List.of("1", "5", "6"), scene.texts("q"));
            consumer.settle(List.of(leased.get(0).leaseId()), List.of());
        }
        Expect.equal("messages left", 2L, scene.backlog("q"));
    }

    /** Runs work that is expected to wait, and returns when it does. */
    private static <T> FutureTask<T> waiting(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().daemon().start(task);
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (thread.getState() != Thread.State.WAITING && !task.isDone()) {
            Expect.that("a sender waits within " + PATIENCE, System.nanoTime() < patience);
            Thread.onSpinWait();
        }
        Expect.that("the sender waits", !task.isDone());
        return task;
    }

    private static void blocks(QueueScene scene) throws Exception {
        scene.queue("q", ONES.bound(Bound.blocking(2, seconds(3600))));
        scene.sendAll("q", "1", "2");
        FutureTask<String> third = waiting(() -> scene.send("q", "3"));
        Expect.equal("messages while it waits", List.of("1", "2"), scene.texts("q"));
        try (PullConsumer consumer = scene.broker().pull("puller", "q")) {
            consumer.settle(List.of(consumer.pull(1, seconds(60)).get(0).leaseId()), List.of());
        }
        third.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Expect.equal("messages then", List.of("2", "3"), scene.texts("q"));
        FutureTask<String> fourth = waiting(() -> scene.send("q", "4"));
        scene.queue("q", ONES.bound(Bound.blocking(3, seconds(3600))));
        fourth.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Expect.equal("messages after the bound grew", 3L, scene.backlog("q"));
    }

    private static void waitsBounded(QueueScene scene) throws Exception {
        scene.queue("q", ONES.bound(Bound.blocking(1, seconds(30))));
        scene.send("q", "1");
        FutureTask<String> patient = waiting(() -> scene.send("q", "2"));
        scene.pass(29);
        Expect.that("the sender waits after 29 s", !patient.isDone());
        scene.pass(1);
        refusedByThen("a sender after 30 s", QueueFault.STORAGE_LIMIT, patient);
        Thread[] sender = new Thread[1];
        FutureTask<String> interrupted =
                waiting(() -> {
                    sender[0] = Thread.currentThread();
                    return scene.send("q", "3");
                });
        sender[0].interrupt();
        refusedByThen("an interrupted sender", QueueFault.INTERRUPTED, interrupted);
        Expect.equal("messages", List.of("1"), scene.texts("q"));
    }

    private static void refusedByThen(String what, QueueFault fault, FutureTask<?> task) {
        refused(
                what,
                fault,
                () -> {
                    try {
                        task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    } catch (ExecutionException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                });
    }
}
