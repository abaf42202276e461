package dev.flowir.redis;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.testing.DedupeBench;
import dev.flowir.testing.DedupeContractTest;
import dev.flowir.testing.RedisServer;
import dev.flowir.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys of work on a server keep the contract. Each rule has a prefix of its own on one server.
 * Their number is not bounded: the server forgets each when it ends.
 */
class RedisDedupeTest extends DedupeContractTest {

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
    protected DedupeBench open(TestClock clock) {
        return new KeysOnServer("rule" + rules++, clock);
    }

    private static final class KeysOnServer extends OnServer implements DedupeBench {

        private final TestClock clock;

        KeysOnServer(String prefix, TestClock clock) {
            super(server, prefix);
            this.clock = clock;
        }

        @Override
        public CapabilityProvider provider() {
            return redis().dedupe("orders", TIMES, Optional.of(clock));
        }
    }
}
