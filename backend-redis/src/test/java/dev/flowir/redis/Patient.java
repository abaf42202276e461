package dev.flowir.redis;

import dev.flowir.testing.RedisServer;
import java.time.Duration;

/** Settings for tests: times are limits against hangs, however busy the machine is. */
final class Patient {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final RedisPatience PATIENCE =
            new RedisPatience(LONG, LONG, Duration.ofMillis(10), Duration.ofMillis(50));

    /** Long enough for a busy machine to answer in, and short enough to wait for in vain. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private Patient() {}

    /** For a server that will not answer. */
    static RedisSettings hastyAt(RedisServer server) {
        return at(server).with(PATIENCE.answerWithin(SHORT));
    }

    static RedisSettings at(RedisServer server) {
        return at(server.host(), server.port());
    }

    static RedisSettings at(String host, int port) {
        return RedisSettings.at(host, port).with(PATIENCE);
    }
}
