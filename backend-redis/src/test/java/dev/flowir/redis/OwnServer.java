package dev.flowir.redis;

import dev.flowir.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that do something to a server, so that each has one of its own. */
abstract class OwnServer {

    @TempDir Path folder;
    RedisServer server;

    @BeforeEach
    final void start() throws IOException {
        server = RedisServer.start(folder, RedisServer.Fsync.ALWAYS);
    }

    @AfterEach
    final void stop() {
        server.close();
    }

    static void awaitAnswers(Redis redis) {
        Await.until("the server answers", () -> redis.health() instanceof RedisHealth.Answers);
    }
}
