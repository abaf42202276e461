/** The same works done by flows and by their peers, and the report about them. */
@org.jspecify.annotations.NullMarked
module dev.flowir.benchmarks {
    requires static org.jspecify;
    requires dev.flowir.blob;
    requires dev.flowir.durable;
    requires dev.flowir.ir;
    requires dev.flowir.kernel;
    requires dev.flowir.kv;
    requires dev.flowir.object;
    requires dev.flowir.queue;
    requires dev.flowir.redis;
    requires dev.flowir.s3;
    requires dev.flowir.testing;
    requires dev.flowir.wasm;
    requires jdk.jfr;
    requires dev.flowir.store;
    requires java.sql;
    requires jdk.management;
    requires info.picocli;
    requires jmh.core;
    requires lettuce.core;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.services.s3;
    requires tools.jackson.databind;

    // The peers.
    requires camel.api;
    requires camel.core.engine;
    requires camel.core.model;
    requires com.lmax.disruptor;
    requires io.netty.common;
    requires io.reactivex.rxjava3;
    requires io.smallrye.mutiny;
    requires org.agrona;
    requires org.jctools.core;
    requires org.reactivestreams;
    requires pekko.actor;
    requires pekko.stream;
    requires reactor.core;
    requires spring.beans;
    requires spring.context;
    requires spring.core;
    requires spring.integration.core;
    requires spring.messaging;
}
