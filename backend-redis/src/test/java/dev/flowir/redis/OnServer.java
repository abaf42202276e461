package dev.flowir.redis;

import dev.flowir.testing.Bench;
import dev.flowir.testing.RedisServer;
import java.io.IOException;

/** What a rule works on, under a prefix of its own. A restart kills the server, too. */
abstract class OnServer implements Bench {

    private final RedisServer server;
    private final String prefix;
    private Redis redis;

    OnServer(RedisServer server, String prefix) {
        this.server = server;
        this.prefix = prefix;
        this.redis = connected(server, prefix);
    }

    static Redis connected(RedisServer server, String prefix) {
        return Redis.connect(Patient.at(server).prefixed(prefix));
    }

    /** The connection since the last restart. */
    Redis redis() {
        return redis;
    }

    @Override
    public boolean supportsRestart() {
        return true;
    }

    @Override
    public void restart() throws IOException {
        redis.close();
        server.kill();
        server.startAgain();
        redis = connected(server, prefix);
    }

    @Override
    public void close() {
        redis.close();
    }
}
