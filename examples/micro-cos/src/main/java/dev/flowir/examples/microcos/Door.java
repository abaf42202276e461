package dev.flowir.examples.microcos;

import dev.flowir.servlet.FlowServlet;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The HTTP server, with WebSockets. */
final class Door implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final FlowServlet servlet;
    private final Server server = new Server();
    private final ServerConnector connector;

    private Door(int port, FlowServlet servlet) throws Exception {
        this.servlet = servlet;
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("localhost");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        context.addServletContainerInitializer(
                (classes, into) -> servlet.register(into, "micro-cos", "/*"));
        server.setHandler(context);
    }

    static Door open(int port, FlowServlet servlet) throws Exception {
        Door door = new Door(port, servlet);
        door.server.start();
        return door;
    }

    /** Where it listens. */
    URI url() {
        return URI.create("http://localhost:" + connector.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        try {
            servlet.drain(DRAIN);
            server.stop();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new IOException("the HTTP server did not stop", failure);
        }
    }
}
