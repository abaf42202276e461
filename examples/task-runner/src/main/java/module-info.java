/** Example: a task runner that loses nothing. */
@org.jspecify.annotations.NullMarked
module dev.flowir.examples.taskrunner {
    requires dev.flowir.durable;
    requires dev.flowir.ir;
    requires dev.flowir.kernel;
    requires dev.flowir.kv;
    requires dev.flowir.limit;
    requires dev.flowir.object;
    requires dev.flowir.queue;
    requires dev.flowir.redis;
    requires dev.flowir.servlet;
    requires dev.flowir.sql;
    requires dev.flowir.store;
    requires jakarta.servlet;
    requires java.net.http;
    requires org.eclipse.jetty.ee11.servlet;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires static dev.flowir.wasm;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.flowir.examples.taskrunner;

    opens dev.flowir.examples.taskrunner to
            tools.jackson.databind;
}
