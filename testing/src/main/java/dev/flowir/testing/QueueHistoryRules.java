package dev.flowir.testing;

import static dev.flowir.testing.QueueScene.rule;

import dev.flowir.queue.Batch;
import dev.flowir.queue.Body;
import dev.flowir.queue.Message;
import dev.flowir.queue.QueueAdmin;
import dev.flowir.queue.QueueCounts;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Retry;
import dev.flowir.queue.SendOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Rules of {@link QueueContract} about whole histories, made by chance from a seed. */
final class QueueHistoryRules {

    private static final int HISTORIES = 12;

    private QueueHistoryRules() {}

    static List<Rule<QueueBench>> rules() {
        return List.of(
                rule(
                        "Q-128",
                        "whatever happens, every message has one end, is delivered at most N+1"
                                + " times, and the counts add up",
                        "the seed in the message repeats the history: random sends, delays,"
                                + " failures, slow handlers, pauses and changes of settings",
                        scene -> {
                            for (int seed = 1; seed <= HISTORIES; seed++) {
                                new History(scene, seed).run();
                            }
                        }));
    }

    /** One history. */
    private static final class History {
        private final QueueScene scene;
        private final int seed;
        private final Random random;
        private final String queue;
        private final String dead;
        private final int maxRetries;
        private final Map<String, Integer> deliveries = new HashMap<>();
        private final Set<String> done = new HashSet<>();
        private final List<String> sent = new ArrayList<>();

        History(QueueScene scene, int seed) {
            this.scene = scene;
            this.seed = seed;
            this.random = new Random(seed);
            this.queue = "q" + seed;
            this.dead = "dead" + seed;
            this.maxRetries = random.nextInt(4);
        }

        private QueueSettings settings() {
            return QueueSettings.defaults()
                    .batches(1 + random.nextInt(6), Duration.ofSeconds(random.nextInt(4)))
                    .onFailure(
                            random.nextBoolean()
                                    ? QueueSettings.OnFailure.ISOLATE
                                    : QueueSettings.OnFailure.TOGETHER)
                    .maxRetries(maxRetries)
                    .retryDelay(Duration.ofSeconds(random.nextInt(5)))
                    .lease(Duration.ofSeconds(20))
                    .maxConcurrency(1 + random.nextInt(3))
                    .deadLetterQueue(dead);
        }

        void run() {
            scene.queue(dead, QueueScene.ONES).queue(queue, settings());
            QueueAdmin admin = scene.broker().admin(queue);
            scene.broker().consume("history", List.of(queue), this::handle);
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> send();
                    case 3 -> admin.pause();
                    case 4, 5 -> admin.resume();
                    case 6 -> scene.queue(queue, settings());
                    default -> scene.pass(random.nextInt(10));
                }
                scene.settle();
            }
            admin.resume();
            scene.pass(3600);
            check();
        }

        private void send() {
            String text = "m" + sent.size();
            sent.add(text);
            scene.sender(queue)
                    .send(
                            Body.text(text),
                            SendOptions.after(Duration.ofSeconds(random.nextInt(3) * 7L)));
        }

        private void handle(Batch batch) {
            for (Message message : batch.messages()) {
                String text = message.body().text();
                int before = deliveries.getOrDefault(text, 0);
                deliveries.put(text, before + 1);
                Expect.equal(told("the attempt of " + text), before + 1, message.attempts());
                Expect.that(told(text + " was not done before"), !done.contains(text));
            }
            for (Message message : batch.messages()) {
                switch (random.nextInt(10)) {
                    case 0 -> message.retry(Retry.after(Duration.ofSeconds(random.nextInt(9))));
                    case 1 -> throw QueueScene.failure();
                    case 2 -> message.giveUp(QueueScene.failure());
                    case 3 -> {
                        if (random.nextInt(4) == 0) {
                            scene.clock().advance(Duration.ofSeconds(21)); // too slow
                            return;
                        }
                        ack(message);
                    }
                    default -> ack(message);
                }
            }
        }

        private void ack(Message message) {
            if (message.fence().isCurrent()) {
                message.ack();
                done.add(message.body().text());
            }
        }

        private String told(String what) {
            return "seed " + seed + ": " + what;
        }

        private void check() {
            Set<String> buried = new HashSet<>(scene.texts(dead));
            for (String text : sent) {
                Expect.that(
                        told(text + " is done or dead, and not both"),
                        done.contains(text) != buried.contains(text));
                Expect.that(
                        told(text + " was delivered at most " + (maxRetries + 1) + " times"),
                        deliveries.getOrDefault(text, 0) <= maxRetries + 1);
            }
            QueueCounts counts = scene.counts(queue);
            Expect.equal(told("sent"), (long) sent.size(), counts.sent());
            Expect.equal(told("messages left"), 0L, scene.backlog(queue));
            Expect.equal(told("acked"), (long) done.size(), counts.acked());
            Expect.equal(told("dead"), (long) buried.size(), counts.deadLettered());
            Expect.equal(told("arrived dead"), (long) buried.size(), scene.counts(dead).arrived());
            Expect.equal(
                    told("deliveries"),
                    deliveries.values().stream().mapToLong(Integer::longValue).sum(),
                    counts.deliveries());
            Expect.equal(
                    told("bytes left"), 0L, scene.broker().admin(queue).metrics().backlogBytes());
        }
    }
}
