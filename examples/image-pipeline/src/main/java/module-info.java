/** Example: pictures that are uploaded, classified and shown live. */
@org.jspecify.annotations.NullMarked
module dev.flowir.examples.imagepipeline {
    requires dev.flowir.blob;
    requires dev.flowir.durable;
    requires dev.flowir.examples.serving;
    requires dev.flowir.http;
    requires dev.flowir.ir;
    requires dev.flowir.kernel;
    requires dev.flowir.limit;
    requires dev.flowir.object;
    requires dev.flowir.queue;
    requires dev.flowir.redis;
    requires dev.flowir.s3;
    requires dev.flowir.servlet;
    requires dev.flowir.sql;
    requires dev.flowir.store;
    requires jakarta.servlet;
    requires static dev.flowir.wasm;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.flowir.examples.imagepipeline;

    opens dev.flowir.examples.imagepipeline to
            tools.jackson.databind;
}
