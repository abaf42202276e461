package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Messages.RunFound;
import dev.flowir.examples.imagepipeline.Messages.RunMissing;
import dev.flowir.examples.serving.Door;
import dev.flowir.kernel.Runtime;
import dev.flowir.redis.RedisException;
import dev.flowir.s3.S3CallException;
import dev.flowir.servlet.FlowServlet;
import dev.flowir.servlet.Routes;
import dev.flowir.store.Store;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The image pipeline behind HTTP: pictures go in as they stream, what becomes of them is asked for
 * or watched.
 */
public final class ImagePipeline implements AutoCloseable {

    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Pipeline pipeline;
    private final Runtime runtime;
    private final Door door;

    private ImagePipeline(Settings settings, Pipeline pipeline) throws Exception {
        this.pipeline = pipeline;
        this.runtime = Runtime.builder().capabilities(pipeline.capabilities()).build();
        FlowServlet flows = new FlowServlet(routes(runtime, pipeline));
        pipeline.start();
        this.door =
                Door.open(
                        settings.port(),
                        flows,
                        DRAIN,
                        Map.of("/images/*", new ImageServlet(pipeline.pictures())));
    }

    private static Routes routes(Runtime runtime, Pipeline pipeline) {
        Queries queries = pipeline.queries();
        return Routes.on(runtime)
                .defaults(route -> route.deadline(REQUEST_DEADLINE))
                .get("/organizations/{organizationId}/classifications", Queries.classifications())
                .get("/organizations/{organizationId}/runs", queries.tracked())
                .get(
                        "/runs/{run}",
                        queries.run(),
                        route -> route.status(RunFound.class, 200).status(RunMissing.class, 404))
                .get("/failures", queries.failures())
                .post("/failures/replay", queries.replay(), route -> route.emptyBody("{}"))
                .get("/metrics", Queries.metrics())
                .defaults(route -> route)
                .wires("/organizations/{organizationId}/events", pipeline.clients())
                .page("/", ImagePipeline.class, "index.html")
                .page("/app.js", ImagePipeline.class, "app.js")
                .otherwise(404, "not found");
    }

    /**
     * Starts on {@link Settings#port()}.
     *
     * @param models where the classifier is
     */
    static ImagePipeline start(Settings settings, URI models) throws Exception {
        Files.createDirectories(settings.data());
        Store store =
                Store.open(settings.data().resolve("image-pipeline.db"), StoreOptions.defaults());
        Pipeline pipeline =
                Pipeline.open(
                        settings,
                        store,
                        settings.data().resolve("pictures"),
                        models,
                        Time.ofTheMachine());
        try {
            return new ImagePipeline(settings, pipeline);
        } catch (Exception failure) {
            pipeline.close();
            throw failure;
        }
    }

    /** Where it listens. */
    URI url() {
        return door.url();
    }

    /** What is behind the door, for tests. */
    Pipeline pipeline() {
        return pipeline;
    }

    /**
     * Stops in order: no new requests, no new messages, what runs is finished, then the store.
     *
     * @throws IOException when the HTTP server does not stop
     */
    @Override
    public void close() throws IOException {
        try {
            door.close();
        } finally {
            runtime.close();
            pipeline.close();
        }
    }

    /**
     * Starts the image pipeline, and its classifier where no other is set.
     *
     * @param arguments the folder of the classifier that comes with it
     * @throws Exception when it cannot start, for a reason that is no setting
     */
    public static void main(String[] arguments) throws Exception {
        Optional<Model> model = Optional.empty();
        try {
            Settings settings = Settings.from(System.getenv());
            if (settings.classifier().isEmpty()) {
                System.out.println("starting the classifier…");
                model =
                        Optional.of(
                                Model.start(Path.of(arguments.length > 0 ? arguments[0] : ".")));
            }
            URI models = settings.classifier().orElseGet(model.map(Model::url)::orElseThrow);
            ImagePipeline running = start(settings, models);
            Optional<Model> own = model;
            java.lang.Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running, own)));
            System.out.println("listening on " + running.url());
        } catch (IllegalArgumentException
                | IOException
                | RedisException
                | S3CallException
                | StoreException refused) {
            System.err.println(refused.getMessage());
            if (model.isPresent()) {
                model.get().close();
            }
            System.exit(1);
        }
    }

    private static void stop(ImagePipeline running, Optional<Model> model) {
        try {
            running.close();
            if (model.isPresent()) {
                model.get().close();
            }
        } catch (IOException failure) {
            System.err.println("stopping failed: " + failure);
        }
    }
}
