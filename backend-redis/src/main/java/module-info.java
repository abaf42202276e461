/**
 * Backends on Redis, over one connection: key-value, queues, caches, rate limits, keys of work,
 * circuits.
 */
@org.jspecify.annotations.NullMarked
module dev.flowir.redis {
    requires static org.jspecify;
    requires transitive dev.flowir.cache;
    requires transitive dev.flowir.dedupe;
    requires transitive dev.flowir.http;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.kv;
    requires transitive dev.flowir.limit;
    requires transitive dev.flowir.queue;
    requires io.netty.common;
    requires io.netty.transport;
    requires lettuce.core;
    requires org.slf4j;

    exports dev.flowir.redis;

    provides dev.flowir.kernel.cap.ProviderKinds with
            dev.flowir.redis.RedisKinds;
}
