package dev.flowir.examples.taskrunner;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvNamespace;
import dev.flowir.limit.Limits;
import dev.flowir.limit.Rate;
import dev.flowir.limit.RateLimiter;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.redis.Redis;
import dev.flowir.redis.RedisException;
import dev.flowir.servlet.RateLimit;
import dev.flowir.servlet.RequestHead;
import dev.flowir.store.Store;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where keys, queues and limits are: in this process, or on a server that several processes share.
 * The flows are the same. What commits with a table or an object, and runs, stay in the store of
 * their process.
 */
final class Backing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backing.class);
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final Settings settings;
    private final Store store;
    private final Optional<Redis> redis;

    /**
     * Connects where a server is set.
     *
     * @throws RedisException when it is not there
     */
    Backing(Settings settings, Store store) {
        this.settings = settings;
        this.store = store;
        this.redis = settings.redis().map(Redis::connect);
    }

    /** Keys that expire. */
    CapabilityProvider keys() {
        return redis.<CapabilityProvider>map(server -> server.kv(settings.namespace()))
                .orElseGet(() -> KvNamespace.sqlite(settings.namespace(), store));
    }

    /** Queues: shared where no task has to commit with its message. */
    Broker broker() {
        return redis.filter(server -> settings.store() == Settings.StateStore.KV)
                .map(server -> server.broker(settings.service(), BrokerOptions.defaults()))
                .orElseGet(() -> Broker.sqlite(store, BrokerOptions.defaults()));
    }

    /** How often a client may post: of all processes together where they share a server. */
    RateLimit posts() {
        int posts = settings.postsPerTenSeconds();
        return redis.map(server -> counting(server, settings.service() + "-posts", posts))
                .orElseGet(() -> RateLimit.of(posts, WINDOW, RequestHead::remoteAddress));
    }

    private static RateLimit counting(Redis server, String name, int posts) {
        RateLimiter limiter =
                server.rates(name, Rate.of(posts, WINDOW))
                        .handle(Limits.permits(name), Scope.outside(name));
        return RateLimit.counting(request -> {
            try {
                return limiter.tryTake(request.remoteAddress())
                                instanceof RateLimiter.Refused(Duration wait)
                        ? Optional.of(wait)
                        : Optional.empty();
            } catch (RedisException notNow) {
                LOG.debug("posts are not counted now", notNow);
                return Optional.empty(); // the flow needs the server, too, and says so
            }
        });
    }

    @Override
    public void close() {
        redis.ifPresent(Redis::close);
    }
}
