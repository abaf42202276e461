package dev.flowir.redis;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.testing.KvBench;
import dev.flowir.testing.KvContractTest;
import dev.flowir.testing.RedisServer;
import dev.flowir.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Namespaces on a server keep the contract. Each rule has a prefix of its own on one server. Rates
 * are not shown: they are those of Cloudflare's service, and a server of one's own has none. Places
 * neither: nothing caches between a server and who asks.
 */
class RedisKvTest extends KvContractTest {

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
    protected KvBench open(TestClock clock) {
        return new KvOnServer("rule" + rules++, clock);
    }

    private static final class KvOnServer extends OnServer implements KvBench {

        private final TestClock clock;

        KvOnServer(String prefix, TestClock clock) {
            super(server, prefix);
            this.clock = clock;
        }

        @Override
        public CapabilityProvider provider() {
            return redis().kv("kv", Optional.of(clock));
        }
    }
}
