/** Backends on Redis, over one connection: key-value and rate limits. */
@org.jspecify.annotations.NullMarked
module dev.flowir.redis {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.kv;
    requires transitive dev.flowir.limit;
    requires io.netty.common;
    requires io.netty.transport;
    requires lettuce.core;

    exports dev.flowir.redis;
}
