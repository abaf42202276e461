package dev.flowir.redis;

import dev.flowir.cache.Cache;
import dev.flowir.cache.CacheBounds;
import dev.flowir.cache.CacheKey;
import dev.flowir.cache.Caches;
import dev.flowir.cache.NodeCache;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvValue;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A process that works out the answer to {@code kept}, begins to work out the one to {@code begun},
 * tells so in the namespace {@code said}, and does not end by itself. Argument: port of the server.
 */
final class CacheAsker {

    static final CacheBounds BOUNDS = CacheBounds.of(100, Duration.ofHours(1));

    private CacheAsker() {}

    static Process start(int port) throws IOException {
        return Forked.start(CacheAsker.class, Integer.toString(port));
    }

    static CacheKey<String> key(String text) {
        return CacheKey.of("work", Type.of(String.class), text);
    }

    static NodeCache provider(Redis redis) {
        return redis.cache("answers", BOUNDS);
    }

    static Cache cache(NodeCache provider) {
        return provider.handle(Caches.in(provider.binding()), Scope.outside("test"));
    }

    public static void main(String[] arguments) throws Exception {
        Redis redis = Redis.connect(Patient.at("127.0.0.1", Integer.parseInt(arguments[0])));
        Cache cache = cache(provider(redis));
        String unused = cache.get(key("kept"), () -> "of the other process");
        cache.get(
                key("begun"),
                () -> {
                    redis.kv("said").writer(Scope.outside("other")).put("begun", KvValue.of("yes"));
                    new CountDownLatch(1).await(); // until it is killed
                    return "never";
                });
    }
}
