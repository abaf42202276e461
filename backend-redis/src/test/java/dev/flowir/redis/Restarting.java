package dev.flowir.redis;

import dev.flowir.testing.RedisServer;
import java.io.IOException;

/** A connection under a prefix of its own, to a server that a rule may kill. */
final class Restarting implements AutoCloseable {

    private final RedisServer server;
    private final String prefix;
    private Redis redis;

    Restarting(RedisServer server, String prefix) {
        this.server = server;
        this.prefix = prefix;
        this.redis = OnServer.connected(server, prefix);
    }

    Redis now() {
        return redis;
    }

    /** The server is killed, not only the process that writes. */
    void killAndStartAgain() throws IOException {
        redis.close();
        server.kill();
        server.startAgain();
        redis = OnServer.connected(server, prefix);
    }

    @Override
    public void close() {
        redis.close();
    }
}
