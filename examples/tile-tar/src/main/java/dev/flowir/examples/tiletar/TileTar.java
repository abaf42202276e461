package dev.flowir.examples.tiletar;

import dev.flowir.examples.serving.Door;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Timeline;
import dev.flowir.servlet.FlowServlet;
import dev.flowir.servlet.Routes;
import dev.flowir.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Pyramids of tiles behind HTTP: drawn, archived as they are fetched, and watched. */
public final class TileTar implements AutoCloseable {

    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);

    /** Requests are short, and who watches a plan comes back. */
    private static final Duration DRAIN = Duration.ofSeconds(2);

    /** Where tiles are, for whoever has a link. */
    private static final String TILES = "/tiles";

    private final Works works;
    private final Runtime runtime;
    private final Door door;

    private TileTar(Settings settings, Works works) throws Exception {
        this.works = works;
        this.runtime = Runtime.builder().capabilities(works.capabilities()).build();
        LinkServlet tiles = new LinkServlet(works.bucket().reader(), InstantSource.system());
        this.door =
                Door.open(
                        settings.port(),
                        new FlowServlet(routes()),
                        DRAIN,
                        Map.of(
                                "/archives/*",
                                new TarServlet(works.bucket().reader(), works.archiver()),
                                TILES,
                                tiles));
        works.admit(tiles.at(door.url().resolve(TILES)));
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
                .post(
                        "/plans/{plan}/scoped-detections",
                        plans.permit(),
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
        return door.url();
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
            door.close();
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
