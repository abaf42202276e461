/** Example: a chat with a memory, a model, tools and a plan for the day. */
@org.jspecify.annotations.NullMarked
module dev.flowir.examples.microcos {
    requires dev.flowir.blob;
    requires dev.flowir.durable;
    requires dev.flowir.examples.serving;
    requires dev.flowir.http;
    requires dev.flowir.ir;
    requires dev.flowir.kernel;
    requires dev.flowir.kv;
    requires dev.flowir.limit;
    requires dev.flowir.object;
    requires dev.flowir.queue;
    requires dev.flowir.redis;
    requires dev.flowir.s3;
    requires dev.flowir.servlet;
    requires dev.flowir.store;
    requires jdk.httpserver;
    requires static dev.flowir.wasm;
    requires static org.jspecify;

    exports dev.flowir.examples.microcos;

    opens dev.flowir.examples.microcos to
            tools.jackson.databind;
}
