package dev.flowir.redis;

import dev.flowir.testing.Bench;
import dev.flowir.testing.RedisServer;
import java.io.IOException;

/** What a rule works on, under a prefix of its own. A restart kills the server, too. */
abstract class OnServer implements Bench {

    private final Restarting redis;

    OnServer(RedisServer server, String prefix) {
        this.redis = new Restarting(server, prefix);
    }

    static Redis connected(RedisServer server, String prefix) {
        return Redis.connect(Patient.at(server).prefixed(prefix));
    }

    /** The connection since the last restart. */
    Redis redis() {
        return redis.now();
    }

    @Override
    public boolean supportsRestart() {
        return true;
    }

    @Override
    public void restart() throws IOException {
        redis.killAndStartAgain();
    }

    @Override
    public void close() {
        redis.close();
    }
}
