package dev.flowir.benchmarks.redis;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.SendOptions;
import dev.flowir.redis.Redis;
import dev.flowir.redis.RedisSettings;
import dev.flowir.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A queue under a steady flow: so many messages in each second, handled as they come.
 *
 * @param sent messages that were acknowledged
 * @param lost of them, those that were never handled
 * @param twice those that were handled more than once
 * @param perSecond what was sent in a second
 * @param mostBacklog the most that waited
 */
record Flood(long sent, long lost, long twice, double perSecond, long mostBacklog) {

    private static final int AT_ONCE = 50;
    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

    static Flood of(RedisServer server, int perSecond, int seconds) {
        int total = perSecond * seconds;
        AtomicIntegerArray handled = new AtomicIntegerArray(total);
        AtomicLong all = new AtomicLong();
        try (Redis redis = Redis.connect(RedisSettings.at(server.host(), server.port()));
                Broker broker = Scene.broker(redis)) {
            broker.declare(
                    "flood", QueueSettings.defaults().batches(Scene.BATCH, Duration.ofMillis(20)));
            broker.consume(
                    "flood",
                    List.of("flood"),
                    batch ->
                            batch.messages()
                                    .forEach(message -> {
                                        handled.incrementAndGet(
                                                Integer.parseInt(message.body().text()));
                                        all.incrementAndGet();
                                    }));
            QueueSender sender = broker.sender("flood", Scope.outside("bench"));
            long most = 0;
            long began = System.nanoTime();
            for (int first = 0; first < total; first += AT_ONCE) {
                long due = began + first * 1_000_000_000L / perSecond;
                LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
                List<Outgoing> messages = new ArrayList<>();
                for (int i = first; i < Math.min(total, first + AT_ONCE); i++) {
                    messages.add(Outgoing.of(Body.text(Integer.toString(i))));
                }
                most =
                        Math.max(
                                most,
                                sender.sendBatch(messages, SendOptions.none())
                                        .metrics()
                                        .backlogCount());
            }
            double took = System.nanoTime() - began;
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (broker.admin("flood").metrics().backlogCount() > 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(10_000_000);
            }
            long lost = 0;
            for (int i = 0; i < total; i++) {
                lost += handled.get(i) == 0 ? 1 : 0;
            }
            return new Flood(total, lost, all.get() - (total - lost), total * 1e9 / took, most);
        }
    }
}
