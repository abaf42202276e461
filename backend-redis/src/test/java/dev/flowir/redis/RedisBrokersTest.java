package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Body;
import dev.flowir.queue.Bound;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.PullConsumer;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueSettings;
import dev.flowir.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that share queues, as two processes have them: leases are long, so they must hear. */
class RedisBrokersTest {

    private static final QueueSettings ONES = QueueSettings.defaults().batches(1, Duration.ZERO);

    private static RedisServer server;
    private static int tests;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private Redis redis;
    private Redis otherRedis;
    private Broker one;
    private Broker other;

    @BeforeAll
    static void startServer(@TempDir Path folder) throws IOException {
        server = RedisServer.start(folder, RedisServer.Fsync.EVERY_SECOND);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** The other's clock is a day ahead. */
    @BeforeEach
    void open() {
        RedisSettings settings = Patient.at(server).prefixed("test" + tests++);
        redis = Redis.connect(settings);
        otherRedis = Redis.connect(settings);
        BrokerOptions options = BrokerOptions.defaults();
        one = redis.broker("main", options);
        other =
                otherRedis.broker(
                        "main",
                        options.on(new QueueWorker.Ahead(Duration.ofDays(1)), options.executor()));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        redis.close();
        otherRedis.close();
    }

    private static void send(Broker broker, String text) {
        broker.sender("q", Scope.outside("test")).send(Body.text(text));
    }

    private void consume(Broker broker) {
        broker.consume(
                "consumer",
                List.of("q"),
                batch -> batch.messages().forEach(message -> seen.add(message.body().text())));
    }

    private void awaitSeen(String text) {
        Await.until(text + " is seen", () -> seen.contains(text));
    }

    @Test
    void queuesAndMessagesOfOneAreHeardOfByTheOther() {
        one.declare("q", ONES);
        consume(other);
        send(one, "first");
        awaitSeen("first");
        one.declare("new", ONES);
        Await.until("the new queue is heard of", () -> other.queues().contains("new"));
    }

    @Test
    void q25_pausingAndResumingHoldsForAll() {
        one.declare("q", ONES);
        consume(other);
        one.admin("q").pause();
        send(one, "later");
        Await.until("the other hears of it", () -> other.admin("q").status().paused());
        assertEquals(Set.of(), seen);
        one.admin("q").resume();
        awaitSeen("later");
    }

    @Test
    void q115_whatOneSettlesIsWhatTheOtherKeepsTo() {
        one.declare("q", ONES);
        send(other, "first");
        one.declare("q", ONES.bound(Bound.rejecting(1)));
        QueueException full = assertThrows(QueueException.class, () -> send(other, "second"));
        assertEquals(QueueFault.STORAGE_LIMIT, full.fault());
    }

    @Test
    void q24_roomThatOneMakesIsHeardOfByWhoWaits() throws InterruptedException {
        one.declare("q", ONES.bound(Bound.blocking(1, Duration.ofMinutes(10))));
        send(one, "first");
        Thread waiting = Thread.startVirtualThread(() -> send(one, "second"));
        try (PullConsumer consumer = other.pull("puller", "q")) {
            List<PullConsumer.Leased> first = consumer.pull();
            assertEquals(1, first.size());
            consumer.settle(List.of(first.get(0).leaseId()), List.of());
        }
        waiting.join();
        assertEquals(2, one.admin("q").status().counts().sent());
    }

    @Test
    void q30_aClockThatIsAheadEndsNoLease() {
        one.declare("q", ONES);
        send(one, "held");
        try (PullConsumer consumer = one.pull("puller", "q")) {
            assertEquals(1, consumer.pull(1, Duration.ofHours(1)).size());
            consume(other);
            send(one, "free");
            awaitSeen("free");
            assertEquals(Set.of("free"), seen);
        }
    }

    @Test
    void q118_whatAClosedOneHadNotBegunGoesToTheOtherAtOnce() throws InterruptedException {
        one.declare("q", ONES.maxConcurrency(1));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        one.consume(
                "draining",
                List.of("q"),
                batch -> {
                    begun.countDown();
                    goOn.await();
                    seen.add(batch.messages().get(0).body().text());
                });
        send(one, "begun");
        begun.await();
        send(one, "waits");
        Thread closing = Thread.startVirtualThread(() -> one.close());
        consume(other);
        awaitSeen("waits");
        goOn.countDown();
        closing.join();
        assertTrue(seen.contains("begun"), "what ran is ended in order");
        assertEquals(2, other.admin("q").status().counts().acked());
    }
}
