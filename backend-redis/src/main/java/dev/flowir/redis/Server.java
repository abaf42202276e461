package dev.flowir.redis;

import dev.flowir.kernel.cap.Descriptor;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a server says of itself, as far as it lets us ask. */
final class Server {

    /** Scripts that are held to reading came with it. */
    private static final int OLDEST = 7;

    private static final String VERSION = "redis_version:";

    private Server() {}

    /** Refuses a server that is too old; one that does not say is believed to be new enough. */
    static void refuseOld(Link link) {
        String info = asked(link, redis -> redis.info("server")).orElse("");
        int at = info.indexOf(VERSION);
        if (at < 0) {
            return;
        }
        String version = info.substring(at + VERSION.length()).lines().findFirst().orElse("");
        if (Integer.parseInt(version.substring(0, version.indexOf('.'))) < OLDEST) {
            throw new RedisException(
                    RedisFault.UNSUPPORTED,
                    "Redis " + OLDEST + ".0 or newer is needed, this is " + version);
        }
    }

    /** What a crash leaves of what it acknowledged. */
    static Descriptor.Durability durability(Link link) {
        Map<String, String> told =
                asked(link, redis -> redis.configGet("append*")).orElse(Map.of());
        boolean always =
                "yes".equals(told.get("appendonly")) && "always".equals(told.get("appendfsync"));
        return always ? Descriptor.Durability.LOCAL_DISK : Descriptor.Durability.NONE;
    }

    /** Empty where this login may not ask, or the server has the command under another name. */
    private static <T> Optional<T> asked(
            Link link, Function<RedisAsyncCommands<byte[], byte[]>, RedisFuture<T>> question) {
        try {
            return Optional.of(link.call(0, question));
        } catch (RedisException e) {
            if (e.fault() == RedisFault.DENIED || e.fault() == RedisFault.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
