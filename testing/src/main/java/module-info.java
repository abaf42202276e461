/** Contract kits for capabilities, and virtual time. */
@org.jspecify.annotations.NullMarked
module dev.flowir.testing {
    requires static org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires transitive dev.flowir.durable;
    requires transitive dev.flowir.kernel;
    requires transitive dev.flowir.blob;
    requires transitive dev.flowir.cache;
    requires transitive dev.flowir.dedupe;
    requires transitive dev.flowir.http;
    requires transitive dev.flowir.kv;
    requires transitive dev.flowir.limit;
    requires transitive dev.flowir.object;
    requires transitive dev.flowir.queue;
    requires transitive dev.flowir.secret;
    requires transitive dev.flowir.sql;
    requires transitive dev.flowir.store;
    requires transitive dev.flowir.time;
    requires java.net.http;

    exports dev.flowir.testing;
}
