package dev.flowir.testing;

import static dev.flowir.testing.QueueScene.ONES;
import static dev.flowir.testing.QueueScene.TENS;
import static dev.flowir.testing.QueueScene.refused;
import static dev.flowir.testing.QueueScene.rule;
import static dev.flowir.testing.QueueScene.seconds;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.queue.Body;
import dev.flowir.queue.DeadLetter;
import dev.flowir.queue.Message;
import dev.flowir.queue.PullConsumer;
import dev.flowir.queue.PullConsumer.Leased;
import dev.flowir.queue.PullConsumer.Return;
import dev.flowir.queue.PullConsumer.Settled;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.Retry;
import java.util.List;
import java.util.Optional;

/** Rules of {@link QueueContract} about leases: who holds a message, and for how long. */
final class QueueLeaseRules {

    private QueueLeaseRules() {}

    static List<Rule<QueueBench>> rules() {
        return List.of(
                rule(
                        "Q-30",
                        "a pulled message is visible again when its lease ends; a late"
                                + " acknowledgement counts, again and again",
                        "whether an old lease can still acknowledge, also while another holds the"
                                + " message or it is gone",
                        QueueLeaseRules::pulls),
                rule(
                        "Q-121",
                        "a pulled message can be given back with a delay while its lease lasts, and"
                                + " dies after its last attempt",
                        "what a return does, and whether a late one takes the message from its new"
                                + " holder",
                        QueueLeaseRules::givesBack),
                rule(
                        "Q-122",
                        "a pull takes 1 to 100 messages for at most 12 h, and a settlement lease"
                                + " ids only",
                        "whether part of a bad settlement is done",
                        QueueLeaseRules::refusesBadPulls),
                rule(
                        "Q-123",
                        "a handler that holds a batch for longer than the lease loses it: it is"
                                + " delivered again, and what the handler still does is refused",
                        "whether a slow handler and its successor can both acknowledge, and whether"
                                + " the fence of a message falls",
                        QueueLeaseRules::endsLeases),
                rule(
                        "Q-124",
                        "a message whose lease ends each time is given up like one that fails, and"
                                + " says so",
                        "whether lost leases count as attempts: a message that kills its process"
                                + " must not come for ever",
                        QueueLeaseRules::givesUpOnLostLeases));
    }

    private static List<String> texts(List<Leased> leased) {
        return leased.stream().map(l -> l.body().text() + "#" + l.attempts()).toList();
    }

    private static void pulls(QueueScene scene) {
        scene.queue("q", ONES);
        scene.sendAll("q", "m", "n");
        try (PullConsumer puller = scene.broker().pull("puller", "q")) {
            List<Leased> first = puller.pull(1, seconds(30));
            Expect.equal("the first pull", List.of("m#1"), texts(first));
            Expect.equal("a pull beside it", List.of("n#1"), texts(puller.pull(5, seconds(600))));
            scene.pass(29);
            Expect.equal("a pull after 29 s", List.of(), texts(puller.pull()));
            scene.pass(2);
            List<Leased> second = puller.pull(5, seconds(30));
            Expect.equal("a pull after 31 s", List.of("m#2"), texts(second));
            Expect.that(
                    "each delivery has a lease of its own",
                    !first.get(0).leaseId().equals(second.get(0).leaseId()));
            List<String> late = List.of(first.get(0).leaseId());
            Expect.equal("a late acknowledgement", 1, puller.settle(late, List.of()).acked());
            Expect.equal("messages left", 1L, scene.backlog("q"));
            Expect.equal("the same again", 1, puller.settle(late, List.of()).acked());
            Expect.equal(
                    "that of the later holder",
                    1,
                    puller.settle(List.of(second.get(0).leaseId()), List.of()).acked());
            scene.pass(3600);
            Expect.equal("a pull much later", List.of("n#2"), texts(puller.pull()));
            Expect.equal("counted as acked", 1L, scene.counts("q").acked());
        }
    }

    private static Return back(Leased leased, Retry retry) {
        return new Return(leased.leaseId(), retry);
    }

    private static void givesBack(QueueScene scene) {
        scene.queue("dead", ONES).queue("q", ONES.maxRetries(2).deadLetterQueue("dead"));
        scene.send("q", "m");
        try (PullConsumer puller = scene.broker().pull("puller", "q")) {
            Leased first = puller.pull().get(0);
            Settled settled =
                    puller.settle(List.of(), List.of(back(first, Retry.after(seconds(10)))));
            Expect.equal("messages returned", 1, settled.returned());
            scene.pass(9);
            Expect.equal("a pull before the delay is over", List.of(), texts(puller.pull()));
            scene.pass(1);
            Leased second = puller.pull(1, seconds(30)).get(0);
            Expect.equal("its attempt", 2, second.attempts());
            Settled late = puller.settle(List.of(), List.of(back(first, Retry.asConfigured())));
            Expect.equal("returns by the old lease", 0, late.returned());
            Expect.equal("warnings", 1, late.warnings().size());
            Expect.equal("a pull beside the holder", List.of(), texts(puller.pull()));
            puller.settle(
                    List.of(),
                    List.of(back(second, Retry.because(new IllegalStateException("no")))));
            Leased third = puller.pull().get(0);
            puller.settle(List.of(), List.of(back(third, Retry.asConfigured())));
            Expect.equal("dead letters", List.of("m"), scene.texts("dead"));
            Expect.equal("messages left", 0L, scene.backlog("q"));
        }
    }

    private static void refusesBadPulls(QueueScene scene) {
        scene.queue("q", ONES);
        scene.send("q", "m");
        PullConsumer puller = scene.broker().pull("puller", "q");
        for (int size : new int[] {0, 101}) {
            refused(
                    "a pull of " + size,
                    QueueFault.BAD_SETTING,
                    () -> puller.pull(size, seconds(30)));
        }
        refused(
                "a lease of more than 12 h",
                QueueFault.BAD_SETTING,
                () -> puller.pull(1, seconds(12 * 3600 + 1)));
        refused("a lease of no time", QueueFault.BAD_SETTING, () -> puller.pull(1, seconds(0)));
        Leased leased = puller.pull().get(0);
        for (String wrong : List.of("", "lease", "-1", "1-", "zz-1")) {
            refused(
                    "a settlement with <" + wrong + ">",
                    QueueFault.BAD_LEASE,
                    () -> puller.settle(List.of(leased.leaseId(), wrong), List.of()));
        }
        Expect.equal("messages after refused settlements", 1L, scene.backlog("q"));
        puller.close();
        refused("a pull of a closed consumer", QueueFault.CLOSED, puller::pull);
    }

    private static void endsLeases(QueueScene scene) {
        scene.queue("q", TENS.batches(2, seconds(0)).lease(seconds(60))).queue("out", ONES);
        scene.consume(
                "q",
                batch -> {
                    Message message = batch.messages().get(0);
                    if (message.attempts() > 1) {
                        return;
                    }
                    batch.messages().get(1).ack();
                    Scope scope = new Scope("f", "r", "n", 1, message.id(), message.fence());
                    scene.broker().sender("out", scope).send(Body.text("in time"));
                    scene.clock().advance(seconds(60)); // the handler is slow
                    Expect.that("the fence has fallen", !message.fence().isCurrent());
                    Expect.refused(
                            "a late effect",
                            StaleAttemptException.class,
                            () -> scene.broker().sender("out", scope).send(Body.text("late")));
                    message.ack();
                });
        scene.sendAll("q", "slow", "done");
        scene.pass(1);
        scene.pass(3600);
        Expect.equal("deliveries", List.of("slow#1", "done#1", "slow#2"), scene.seen());
        Expect.equal("effects", List.of("in time"), scene.texts("out"));
        Expect.equal("messages left", 0L, scene.backlog("q"));
    }

    private static void givesUpOnLostLeases(QueueScene scene) {
        scene.queue("dead", ONES).queue("q", ONES.maxRetries(1).deadLetterQueue("dead"));
        scene.send("q", "m");
        try (PullConsumer puller = scene.broker().pull("puller", "q")) {
            Expect.equal("the first pull", List.of("m#1"), texts(puller.pull()));
            scene.pass(31);
            Expect.equal("the second pull", List.of("m#2"), texts(puller.pull()));
            scene.pass(31);
            Expect.equal("the third pull", List.of(), texts(puller.pull()));
        }
        Expect.equal("dead letters", List.of("m"), scene.texts("dead"));
        Optional<DeadLetter> letter = scene.browse("dead").get(0).deadLetter();
        Expect.equal("its attempts", Optional.of(2), letter.map(DeadLetter::attempts));
        Expect.that(
                "its error speaks of the lease: " + letter.map(DeadLetter::lastError),
                letter.map(DeadLetter::lastError).orElse("").contains("lease"));
    }
}
