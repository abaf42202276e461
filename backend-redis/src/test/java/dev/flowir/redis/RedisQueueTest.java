package dev.flowir.redis;

import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueListener;
import dev.flowir.testing.QueueBench;
import dev.flowir.testing.QueueContractTest;
import dev.flowir.testing.RedisServer;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.TestTimeline;
import dev.flowir.testing.ToldListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queues on a server keep the contract. Each rule has a prefix of its own on one server. A crash is
 * that of the server and of the broker; there are no transactions with anything else.
 */
class RedisQueueTest extends QueueContractTest {

    private static RedisServer server;
    private int rules;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = RedisServer.start(folder, RedisServer.Fsync.ALWAYS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected QueueBench open(TestClock clock) {
        return new QueueOnServer("rule" + rules++, clock);
    }

    private static final class QueueOnServer implements QueueBench {

        private final Restarting redis;
        private final TestClock clock;
        private ToldListener listener = new ToldListener();
        private TestTimeline timeline;
        private Broker broker;

        QueueOnServer(String prefix, TestClock clock) {
            this.redis = new Restarting(server, prefix);
            this.clock = clock;
            this.timeline = new TestTimeline(clock);
            this.broker = opened();
        }

        private Broker opened() {
            return redis.now()
                    .broker(
                            "main",
                            BrokerOptions.defaults().on(timeline, timeline).listener(listener),
                            Optional.of(clock));
        }

        @Override
        public Broker broker() {
            return broker;
        }

        @Override
        public void settle() {
            timeline.settle();
        }

        @Override
        public void listen(QueueListener more) {
            listener.add(more);
        }

        @Override
        public boolean supportsCrash() {
            return true;
        }

        @Override
        public boolean leasesSurviveCrash() {
            return true;
        }

        @Override
        public void crash() {
            try {
                redis.killAndStartAgain();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listener = new ToldListener();
            timeline = new TestTimeline(clock);
            broker = opened();
        }

        @Override
        public void close() {
            broker.close();
            redis.close();
        }
    }
}
