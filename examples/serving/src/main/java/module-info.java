/** What the examples that serve HTTP have in common. */
@org.jspecify.annotations.NullMarked
module dev.flowir.examples.serving {
    requires dev.flowir.ir;
    requires dev.flowir.kernel;
    requires transitive dev.flowir.limit;
    requires static dev.flowir.redis;
    requires static dev.flowir.s3;
    requires transitive dev.flowir.servlet;
    requires transitive jakarta.servlet;
    requires org.eclipse.jetty.ee11.servlet;
    requires org.eclipse.jetty.ee11.websocket.jakarta.server;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires static org.jspecify;

    exports dev.flowir.examples.serving;
}
