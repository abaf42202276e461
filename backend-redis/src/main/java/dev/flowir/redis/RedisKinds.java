package dev.flowir.redis;

import dev.flowir.cache.CacheKinds;
import dev.flowir.cache.Caches;
import dev.flowir.dedupe.Dedupe;
import dev.flowir.dedupe.DedupeKinds;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Provision;
import dev.flowir.kernel.cap.Setting;
import dev.flowir.kv.Kv;
import dev.flowir.limit.LimitKinds;
import dev.flowir.limit.Limits;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueKinds;
import dev.flowir.queue.Queues;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a deployment can bind to Redis; found through {@link java.util.ServiceLoader}. */
public final class RedisKinds implements ProviderKinds {

    /** Made by {@link java.util.ServiceLoader}. */
    public RedisKinds() {}

    @Override
    public List<ProviderKind> providers() {
        return List.of(
                kind(
                        "kv.redis",
                        Kv.DETERMINISM_HINT,
                        "entries on a Redis server, shared by processes",
                        List.of(),
                        it -> RedisPlace.of(it).kv(it.binding())),
                kind(
                        "queue.redis",
                        Queues.DETERMINISM_HINT,
                        "messages on a Redis server, shared by processes",
                        QueueKinds.config(),
                        it -> QueueKinds.bind(it, broker(it))),
                kind(
                        "rate.redis",
                        Limits.DETERMINISM_HINT,
                        "buckets on a Redis server, shared by processes",
                        LimitKinds.config(),
                        it -> RedisPlace.of(it).rates(it.binding(), LimitKinds.rate(it))),
                kind(
                        "dedupe.redis",
                        Dedupe.DETERMINISM_HINT,
                        "keys on a Redis server, shared by processes",
                        DedupeKinds.config(),
                        it -> RedisPlace.of(it).dedupe(it.binding(), DedupeKinds.times(it))),
                kind(
                        "cache.redis",
                        Caches.DETERMINISM_HINT,
                        "answers on a Redis server, shared by processes",
                        CacheKinds.config(),
                        it -> RedisPlace.of(it).cache(it.binding(), CacheKinds.bounds(it))));
    }

    private static ProviderKind kind(
            String name,
            String provides,
            String about,
            List<Setting> own,
            Function<Provision, CapabilityProvider> opener) {
        List<Setting> config = new ArrayList<>(own);
        config.addAll(RedisPlace.CONFIG);
        return new ProviderKind(name, provides, about, RedisPlace.CONNECT, config, opener);
    }

    /** All queues of a deployment on one server are one broker's. */
    private static Broker broker(Provision given) {
        Redis redis = RedisPlace.of(given);
        return given.shared(
                "queue.redis:" + RedisPlace.name(given),
                Broker.class,
                () -> redis.broker("queues", BrokerOptions.defaults()));
    }
}
