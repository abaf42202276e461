package dev.flowir.cli;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.Runtime;
import dev.flowir.servlet.FlowServlet;
import dev.flowir.servlet.Routes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A flow behind HTTP on the loopback interface: a body posted to its root is its input. */
final class ServedFlow implements AutoCloseable {

    /** How long requests may take that are under way at the end. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final FlowServlet servlet;
    private final Server server;
    private final ServerConnector connector;

    private ServedFlow(FlowServlet servlet, int port) {
        this.servlet = servlet;
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        this.connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("localhost");
        connector.setPort(port);
        server.addConnector(connector);
        server.setStopTimeout(DRAIN.toMillis());
    }

    /** Begins to listen. */
    static ServedFlow open(Flow<?, ?> flow, Runtime runtime, int port) throws Exception {
        FlowServlet servlet = new FlowServlet(Routes.on(runtime).post("/", flow));
        ServedFlow served = new ServedFlow(servlet, port);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        context.addServletContainerInitializer(
                (classes, into) -> servlet.register(into, "flow", "/*"));
        served.server.setHandler(context);
        served.server.start();
        return served;
    }

    URI address() {
        return URI.create("http://localhost:" + connector.getLocalPort() + "/");
    }

    /** Waits until it is closed. */
    void awaitEnd() throws InterruptedException {
        server.join();
    }

    /** Takes no new requests, lets those under way end, and stops. */
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
