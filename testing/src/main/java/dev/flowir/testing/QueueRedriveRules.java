package dev.flowir.testing;

import static dev.flowir.testing.QueueScene.ONES;
import static dev.flowir.testing.QueueScene.TENS;
import static dev.flowir.testing.QueueScene.numbers;
import static dev.flowir.testing.QueueScene.refused;
import static dev.flowir.testing.QueueScene.rule;

import dev.flowir.queue.Bound;
import dev.flowir.queue.Message;
import dev.flowir.queue.MessageFilter;
import dev.flowir.queue.QueueAdmin;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.Redrive;
import dev.flowir.queue.Redriven;
import dev.flowir.queue.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Rules of {@link QueueContract} about bringing dead letters back. */
final class QueueRedriveRules {

    private QueueRedriveRules() {}

    static List<Rule<QueueBench>> rules() {
        return List.of(
                rule(
                        "Q-32",
                        "a redrive brings letters back at its rate, with new attempts, and says"
                                + " from where; its token moves none twice",
                        "how fast letters become visible, what attempts start with, and whether the"
                                + " token is kept with the moves",
                        QueueRedriveRules::redrivesOnce),
                rule(
                        "Q-119",
                        "a redrive moves what its filter means, and a dry run moves nothing",
                        "which letters a filter takes, and whether a dry run uses up the token",
                        QueueRedriveRules::filters),
                rule(
                        "Q-120",
                        "a redrive stops at a full queue, and the same token moves the rest later",
                        "whether letters can be lost when their queue has no room",
                        QueueRedriveRules::resumes));
    }

    /** A queue whose messages are dead letters in {@code dead}. */
    private static void kill(QueueScene scene, String queue, String... texts) {
        scene.queue("dead", TENS).queue(queue, TENS.maxRetries(0).deadLetterQueue("dead"));
        Subscription killer =
                scene.broker()
                        .consume(
                                "killer",
                                List.of(queue),
                                batch -> {
                                    throw new IllegalStateException("killed in " + queue);
                                });
        scene.sendAll(queue, texts);
        scene.pass(5);
        killer.close();
    }

    private static void redrivesOnce(QueueScene scene) {
        kill(scene, "q", numbers(100));
        Expect.equal("letters", 100L, scene.backlog("dead"));
        scene.queue("q", ONES.deadLetterQueue("dead"));
        Map<Long, Integer> perSecond = new TreeMap<>();
        List<Message> got = new ArrayList<>();
        scene.consume(
                "q",
                batch -> {
                    got.addAll(batch.messages());
                    perSecond.merge(scene.now(), 1, Integer::sum);
                });
        QueueAdmin dead = scene.broker().admin("dead");
        Redrive redrive = Redrive.of(MessageFilter.all()).perSecond(10).token("again-1");
        Redriven first = dead.redrive(redrive);
        Expect.equal("letters moved", 100, first.moved());
        Redriven second = dead.redrive(redrive);
        Expect.equal("letters moved by the same token", 0, second.moved());
        for (int i = 0; i < 30; i++) {
            scene.pass(1);
        }
        Expect.equal("deliveries", 100, got.size());
        Expect.that(
                "no second has more than 10 deliveries (11 where two seconds meet): " + perSecond,
                perSecond.values().stream().allMatch(count -> count <= 11));
        Expect.that(
                "100 letters at 10 in a second need 9 seconds or more: " + perSecond.keySet(),
                perSecond.size() >= 10);
        Expect.equal(
                "attempts", Set.of(1), Set.copyOf(got.stream().map(Message::attempts).toList()));
        Expect.equal(
                "where they come from",
                Set.of(Optional.of("dead")),
                Set.copyOf(got.stream().map(Message::redrivenFrom).toList()));
        Expect.equal("letters left", 0L, scene.backlog("dead"));
        Expect.equal("counted", 100L, scene.counts("dead").redriven());
        Expect.equal("letters moved much later", 0, dead.redrive(redrive).moved());
    }

    private static void filters(QueueScene scene) {
        kill(scene, "a", "1", "2");
        kill(scene, "b", "3");
        scene.send("dead", "no letter, just a message");
        QueueAdmin dead = scene.broker().admin("dead");
        Redriven dry = dead.redrive(Redrive.of(MessageFilter.all()).token("t").dryRun());
        Expect.equal("letters that would move", 3, dry.matched());
        Expect.equal("ids that would move", 3, dry.ids().size());
        Expect.equal("letters moved by a dry run", 0, dry.moved());
        Expect.equal(
                "letters moved from 'b'",
                1,
                dead.redrive(Redrive.of(MessageFilter.all().from("b"))).moved());
        Expect.equal("messages in 'b'", List.of("3"), scene.texts("b"));
        Expect.equal(
                "letters with another error",
                0,
                dead.redrive(Redrive.of(MessageFilter.all().errorContains("other"))).moved());
        String id = scene.browse("dead").get(0).id();
        Expect.equal(
                "letters of one id", 1, dead.redrive(Redrive.of(MessageFilter.ids(id))).moved());
        Expect.equal(
                "letters moved by the token of the dry run",
                1,
                dead.redrive(
                                Redrive.of(MessageFilter.all().errorContains("KILLED in a"))
                                        .token("t"))
                        .moved());
        Expect.equal("what stays", List.of("no letter, just a message"), scene.texts("dead"));
        refused(
                "a rate of zero",
                QueueFault.BAD_REDRIVE,
                () -> dead.redrive(Redrive.of(MessageFilter.all()).perSecond(0)));
        refused(
                "the token of another queue",
                QueueFault.BAD_REDRIVE,
                () ->
                        scene.broker()
                                .admin("a")
                                .redrive(Redrive.of(MessageFilter.all()).token("t")));
    }

    private static void resumes(QueueScene scene) {
        kill(scene, "q", "1", "2", "3");
        scene.queue("q", ONES.bound(Bound.rejecting(2)).deadLetterQueue("dead"));
        QueueAdmin dead = scene.broker().admin("dead");
        Redrive redrive = Redrive.of(MessageFilter.all()).token("t");
        Redriven first = dead.redrive(redrive);
        Expect.equal("letters moved to two places", 2, first.moved());
        Expect.that("it says why it stopped", first.stopped().isPresent());
        Expect.equal("letters left", List.of("3"), scene.texts("dead"));
        scene.consume("q", batch -> {});
        scene.pass(60);
        kill(scene, "later", "4");
        Redriven second = dead.redrive(redrive);
        Expect.equal("letters moved by the same token", 1, second.moved());
        Expect.equal("letters that came after the token", List.of("4"), scene.texts("dead"));
        scene.pass(60);
        Expect.equal("deliveries", List.of("1#1", "2#1", "3#1"), scene.seen());
    }
}
