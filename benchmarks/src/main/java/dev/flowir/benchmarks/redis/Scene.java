package dev.flowir.benchmarks.redis;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.queue.BatchHandler;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueLimits;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Subscription;
import dev.flowir.redis.Redis;
import dev.flowir.redis.RedisSettings;
import dev.flowir.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** One server with a namespace and a queue of ours on it, and the bare client. */
final class Scene implements AutoCloseable {

    /** Messages of a batch. */
    static final int BATCH = 100;

    private static final int KEYS = 10_000;
    private static final byte[] VALUE = new byte[200];
    private static final QueueSettings SETTINGS =
            QueueSettings.defaults().batches(BATCH, Duration.ZERO).maxConcurrency(4);

    private final Bare bare;
    private final Redis redis;
    private final KvWriter kv;
    private final Broker broker;

    Scene(RedisServer server) {
        this.bare = Bare.at(server.host(), server.port());
        this.redis = Redis.connect(RedisSettings.at(server.host(), server.port()));
        this.kv = redis.kv("speed").writer(Scope.outside("bench"));
        this.broker = broker(redis);
    }

    static Broker broker(Redis redis) {
        return redis.broker(
                "bench", BrokerOptions.defaults().limits(QueueLimits.of(LimitProfile.UNBOUNDED)));
    }

    /** Every key is there, so that all reads find something. */
    void fill(int underWay) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < underWay; i++) {
            threads.add(Thread.startVirtualThread(() -> fill(next)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Going.Rate unused =
                Going.measured(underWay, 0.5, going -> going.pipelined(() -> bare.get(key())));
        System.out.printf("%,.0f bare reads a second to begin with%n", unused.perSecond());
    }

    private void fill(AtomicInteger next) {
        for (int i = next.getAndIncrement(); i < KEYS; i = next.getAndIncrement()) {
            kv.put("key" + i, KvValue.of(VALUE));
            bare.set("key" + i, VALUE).toCompletableFuture().join();
        }
    }

    Going.Rate measure(Contender who, int underWay, double seconds) throws InterruptedException {
        return switch (who) {
            case BARE_GET ->
                    Going.measured(
                            underWay, seconds, going -> going.pipelined(() -> bare.get(key())));
            case GET ->
                    Going.measured(
                            underWay, seconds, going -> going.inThreads(() -> kv.get(key())));
            case BARE_PUT ->
                    Going.measured(
                            underWay,
                            seconds,
                            going -> going.pipelined(() -> bare.set(key(), VALUE)));
            case SAME_PUT ->
                    Going.measured(
                            underWay,
                            seconds,
                            going -> going.pipelined(() -> bare.setListed(key(), VALUE)));
            case PUT ->
                    Going.measured(
                            underWay,
                            seconds,
                            going -> going.inThreads(() -> kv.put(key(), KvValue.of(VALUE))));
            case BARE_SEND -> {
                bare.begin();
                yield Going.measured(
                        underWay, seconds, going -> going.pipelined(() -> bare.send(VALUE)));
            }
            case SAME_SEND -> {
                bare.begin();
                yield Going.measured(
                        underWay, seconds, going -> going.pipelined(() -> bare.sendCounted(VALUE)));
            }
            case SEND -> {
                QueueSender sender = sender("sent");
                yield Going.measured(
                        underWay,
                        seconds,
                        going -> going.inThreads(() -> sender.send(Body.bytes(VALUE))));
            }
            case BARE_WORK -> {
                bare.begin();
                yield Going.measured(underWay, seconds, this::bareWork);
            }
            case WORK -> Going.measured(underWay, seconds, this::work);
        };
    }

    private QueueSender sender(String queue) {
        broker.declare(queue, SETTINGS);
        broker.admin(queue).purge();
        return broker.sender(queue, Scope.outside("bench"));
    }

    /** What counts is what was acknowledged: senders count in a window of their own. */
    private void bareWork(Going going) throws InterruptedException {
        Going sending = going.beside();
        Thread worker =
                Thread.ofPlatform()
                        .start(() -> {
                            while (going.isOn()) {
                                going.count(bare.work(BATCH));
                            }
                        });
        sending.pipelined(() -> bare.send(VALUE));
        worker.join();
    }

    private void work(Going going) throws InterruptedException {
        Going sending = going.beside();
        QueueSender sender = sender("worked");
        BatchHandler counting = batch -> going.count(batch.messages().size());
        Subscription subscription = broker.consume("bench", List.of("worked"), counting);
        try {
            sending.inThreads(() -> sender.send(Body.bytes(VALUE)));
        } finally {
            subscription.close();
        }
    }

    private static String key() {
        return "key" + ThreadLocalRandom.current().nextInt(KEYS);
    }

    @Override
    public void close() {
        broker.close();
        redis.close();
        bare.close();
    }
}
