/** Flows behind HTTP: routes, JSON in and out, server-sent events, on any Jakarta Servlet 6.1. */
@org.jspecify.annotations.NullMarked
module dev.flowir.servlet {
    requires static org.jspecify;
    requires transitive dev.flowir.ir;
    requires transitive dev.flowir.kernel;
    requires transitive jakarta.servlet;
    requires static jakarta.websocket;
    requires static jakarta.websocket.client;
    requires org.slf4j;

    exports dev.flowir.servlet;
}
