package dev.flowir.examples.tiletar;

import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.servlet.FlowServlet;
import dev.flowir.servlet.Routes;
import dev.flowir.store.StoreException;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Pyramids of tiles behind HTTP: drawn, archived as they are fetched, and watched. */
public final class TileTar implements AutoCloseable {

    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);

    /** Requests are short, and who watches a plan comes back. */
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private static final Duration STOP = Duration.ofSeconds(5);

    private final Works works;
    private final Runtime runtime;
    private final FlowServlet flows;
    private final Server server;
    private final ServerConnector connector;

    private TileTar(Settings settings, Works works) throws Exception {
        this.works = works;
        this.runtime = Runtime.builder().capabilities(works.capabilities()).build();
        this.flows = new FlowServlet(routes());
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        this.connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("localhost");
        connector.setPort(settings.port());
        server.addConnector(connector);
        server.setStopTimeout(STOP.toMillis());
        server.setHandler(handler());
        server.start();
    }

    private ServletContextHandler handler() {
        ServletContextHandler context = new ServletContextHandler();
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        context.addServletContainerInitializer((classes, into) -> {
            ServletRegistration.Dynamic archives =
                    into.addServlet(
                            "archives", new TarServlet(works.bucket().reader(), works.archiver()));
            archives.addMapping("/archives/*");
            flows.register(into, "flows", "/*");
        });
        return context;
    }

    private Routes routes() {
        Plans plans = works.plans();
        return Routes.on(runtime)
                .defaults(route -> route.deadline(REQUEST_DEADLINE))
                .post("/plans/{plan}/tiles", plans.draw(), route -> route.emptyBody("{}"))
                .post("/plans/{plan}/detections", plans.begin(), route -> route.emptyBody("{}"))
                .post(
                        "/plans/{plan}/chunked-detections",
                        plans.beginInChunks(),
                        route -> route.emptyBody("{}"))
                .get("/plans/{plan}/chunks", plans.chunks())
                .post(
                        "/plans/{plan}/prepared-detections",
                        plans.prepare(),
                        route -> route.emptyBody("{}"))
                .get("/plans/{plan}", plans.state())
                .defaults(route -> route)
                .wires("/plans/{plan}/events", works.clients())
                .page("/", TileTar.class, "index.html")
                .page("/app.js", TileTar.class, "app.js")
                .otherwise(404, "not found");
    }

    /** Starts on {@link Settings#port()}. */
    static TileTar start(Settings settings) throws Exception {
        Works works = new Works(settings, Timeline.system());
        try {
            return new TileTar(settings, works);
        } catch (Exception failure) {
            works.close();
            throw failure;
        }
    }

    /** Where it listens. */
    URI url() {
        return URI.create("http://localhost:" + connector.getLocalPort());
    }

    /** What is behind the door, for tests. */
    Works works() {
        return works;
    }

    /**
     * Stops in order: no new requests, archives end or are cut, then the store.
     *
     * @throws IOException when the HTTP server does not stop
     */
    @Override
    public void close() throws IOException {
        try {
            flows.drain(DRAIN);
            server.stop();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new IOException("the HTTP server did not stop", failure);
        } finally {
            runtime.close();
            works.close();
        }
    }

    /**
     * Starts it with the settings of the environment.
     *
     * @param arguments none
     * @throws Exception when it cannot start, for a reason that is no setting
     */
    public static void main(String[] arguments) throws Exception {
        try {
            TileTar running = start(Settings.from(System.getenv()));
            java.lang.Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running)));
            System.out.println("listening on " + running.url());
        } catch (IllegalArgumentException | IOException | StoreException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    private static void stop(TileTar running) {
        try {
            running.close();
        } catch (IOException failure) {
            System.err.println("stopping failed: " + failure);
        }
    }
}
