package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.PullConsumer;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.QueueSettings;
import dev.flowir.testing.BadNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Queues on a server that is killed, frozen, full, or behind a bad network. */
class RedisQueueTroubleTest extends OwnServer {

    private static final QueueSettings WORK =
            QueueSettings.defaults()
                    .batches(10, Duration.ZERO)
                    .lease(Duration.ofSeconds(3))
                    .maxRetries(100);

    private static final int SENDERS = 4;
    private static final int BEFORE = 40;
    private static final int EACH = 60;

    /** What is done while senders send and a consumer works. */
    private interface Trouble {
        void make() throws Exception;
    }

    @Test
    void q22_nothingAcknowledgedIsLostWhenTheServerIsKilled() throws Exception {
        through(
                Patient.at(server),
                () -> {
                    server.kill();
                    server.startAgain();
                });
    }

    @Test
    void nothingIsLostWhenTheServerStandsStill() throws Exception {
        try {
            through(
                    Patient.at(server),
                    () -> {
                        server.freeze();
                        server.thaw();
                    });
        } finally {
            server.thaw();
        }
    }

    @Test
    void nothingIsLostOverANetworkThatIsSlowAndCut() throws Exception {
        try (BadNetwork network = BadNetwork.before(server.port(), Duration.ofMillis(5))) {
            through(
                    Patient.at("127.0.0.1", network.port()),
                    () -> {
                        network.cut();
                        network.cut();
                    });
        }
    }

    /** Every send that was acknowledged is handled, and nothing that was not sent. */
    private void through(RedisSettings settings, Trouble trouble) throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Set<String> tried = ConcurrentHashMap.newKeySet();
        Set<String> handled = ConcurrentHashMap.newKeySet();
        try (Redis redis = Redis.connect(settings);
                Broker broker = redis.broker("main", BrokerOptions.defaults())) {
            broker.declare("q", WORK);
            broker.consume(
                    "consumer",
                    List.of("q"),
                    batch ->
                            batch.messages()
                                    .forEach(message -> handled.add(message.body().text())));
            CountDownLatch some = new CountDownLatch(BEFORE);
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                String name = "s" + i + ".";
                senders.add(
                        Thread.startVirtualThread(() -> {
                            QueueSender sender = broker.sender("q", Scope.outside("test"));
                            int done = 0;
                            for (int n = 0; done < EACH; n++) {
                                tried.add(name + n);
                                if (sent(sender, name + n)) {
                                    acknowledged.add(name + n);
                                    some.countDown();
                                    done++;
                                }
                            }
                        }));
            }
            some.await();
            trouble.make();
            for (Thread sender : senders) {
                sender.join();
            }
            assertEquals(SENDERS * EACH, acknowledged.size());
            Await.until("all are handled", () -> handled.containsAll(acknowledged));
            Await.until("all is settled", () -> broker.admin("q").metrics().backlogCount() == 0);
            assertTrue(tried.containsAll(handled), "what was handled was sent");
            assertEquals(0, broker.admin("q").status().counts().dropped());
        }
    }

    /** False when it is away, or does not say. */
    private static boolean sent(QueueSender sender, String text) {
        try {
            sender.send(Body.text(text));
            return true;
        } catch (RedisException e) {
            assertTrue(
                    e.fault() == RedisFault.AWAY || e.fault() == RedisFault.NO_ANSWER, e::toString);
            LockSupport.parkNanos(1_000_000); // away: not tried again at once
            return false;
        }
    }

    @Test
    void aFullServerRefusesSendsByCodeAndTakesAcknowledgements() {
        try (Redis redis = Redis.connect(Patient.at(server));
                Link link = Link.open(Patient.at(server));
                Broker broker = redis.broker("main", BrokerOptions.defaults())) {
            broker.declare("q", WORK);
            QueueSender sender = broker.sender("q", Scope.outside("test"));
            sender.send(Body.text("kept"));
            try (PullConsumer consumer = broker.pull("puller", "q")) {
                List<PullConsumer.Leased> leased = consumer.pull();
                memory(link, "1");
                RedisException full =
                        assertThrows(
                                RedisException.class, () -> sender.send(Body.text("too much")));
                assertEquals(RedisFault.FULL, full.fault());
                assertTrue(full.isRetriable());
                assertEquals(
                        1, consumer.settle(List.of(leased.get(0).leaseId()), List.of()).acked());
                assertEquals(0, broker.admin("q").metrics().backlogCount());
                memory(link, "0");
                sender.send(Body.text("again"));
                assertEquals(1, consumer.pull().size());
            }
        }
    }

    private static void memory(Link link, String bytes) {
        assertEquals("OK", link.call(0, redis -> redis.configSet("maxmemory", bytes)));
    }
}
