package dev.flowir.examples.serving;

import dev.flowir.servlet.FlowServlet;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server of an example: Jetty on the loopback interface, requests on virtual threads,
 * WebSockets where the routes have some.
 */
public final class Door implements AutoCloseable {

    /** For requests that are no flows: these are drained. */
    private static final Duration STOP = Duration.ofSeconds(5);

    private final FlowServlet flows;
    private final Duration drain;
    private final Server server;
    private final ServerConnector connector;

    private Door(int port, FlowServlet flows, Duration drain) {
        this.flows = flows;
        this.drain = drain;
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        this.connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("localhost");
        connector.setPort(port);
        server.addConnector(connector);
        server.setStopTimeout(STOP.toMillis());
    }

    /**
     * Opens a door.
     *
     * @param port where it listens; 0 for any free one
     * @param flows the routes, below all paths that nothing else has
     * @param drain how long requests may take that are under way when it is closed
     * @param beside other servlets by the paths they have, such as {@code /images/*}
     * @return the door, which listens
     * @throws Exception when it cannot listen
     */
    public static Door open(
            int port, FlowServlet flows, Duration drain, Map<String, ? extends Servlet> beside)
            throws Exception {
        Door door = new Door(port, flows, drain);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        context.addServletContainerInitializer((classes, into) -> {
            beside.forEach((path, servlet) -> into.addServlet(path, servlet).addMapping(path));
            flows.register(into, "flows", "/*");
        });
        door.server.setHandler(context);
        door.server.start();
        return door;
    }

    /** {@return where it listens} */
    public URI url() {
        return URI.create("http://localhost:" + connector.getLocalPort());
    }

    /**
     * Takes no new requests, lets those under way end, and stops.
     *
     * @throws IOException when the server does not stop
     */
    @Override
    public void close() throws IOException {
        try {
            flows.drain(drain);
            server.stop();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new IOException("the HTTP server did not stop", failure);
        }
    }
}
