package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Messages.FailedRun;
import dev.flowir.http.model.ClassifierSettings;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgeMigration;
import dev.flowir.wasm.EdgeModels;
import dev.flowir.wasm.EdgeOptions;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The pipeline as a worker: pictures in a bucket of R2 that tells a queue, rows in a database of
 * D1, an object for each run and for each organization, and a classifier that is another worker.
 * The work on a picture is that of {@link ClassificationFlow}.
 */
public final class EdgeImagePipeline implements EdgeApplication {

    static final String QUEUE = "uploads";
    static final String DEAD = "uploads-dead";
    static final String CLASSIFIER = "image-classifier";
    static final String MODEL = "@cf/microsoft/resnet-50";

    /** What a browser gets. */
    static final List<EdgePage> PAGES =
            List.of(
                    new EdgePage("/", EdgeImagePipeline.class, "edge.html"),
                    new EdgePage("/edge.js", EdgeImagePipeline.class, "edge.js"));

    private static final String DATABASE = "image-pipeline";
    private static final int CALLS_PER_MINUTE = 3000;
    private static final Duration MINUTE = Duration.ofSeconds(60);

    /** As a deployment takes messages: batches of 10 or 5 s, 3 retries after 10, 20 and 40 s. */
    static final EdgeConsumer CONSUMER =
            EdgeConsumer.DEFAULT
                    .batches(10, Duration.ofSeconds(5))
                    .retries(3, Duration.ofSeconds(10))
                    .growingTo(Duration.ofHours(1));

    /** For packaging. */
    public EdgeImagePipeline() {}

    @Override
    public EdgeRoutes routes() {
        return routes(EdgeFlows.deployed(), CONSUMER);
    }

    @Override
    public List<EdgePage> pages() {
        return PAGES;
    }

    /** The same with other flows, or another way to take messages. */
    static EdgeRoutes routes(EdgeFlows flows, EdgeConsumer consumer) {
        EdgeOptions plain = EdgeOptions.DEFAULT;
        return EdgeRoutes.none()
                .bind(bindings())
                .begins(EdgeFlows.RUNS, flows.work(), flows::run)
                .afterFailure(flows.work(), flows.failed(), FailedRun::new)
                .states("/runs", flows.work())
                .get("/organizations/{organizationId}", EdgeFlows.state())
                .get("/organizations/{organizationId}/classifications", Queries.classifications())
                .get("/organizations/{organizationId}/runs", EdgeFlows.tracked())
                .get("/organizations/{organizationId}/events", EdgeFlows.events())
                .sockets(
                        "/organizations/{organizationId}/live",
                        EdgeOrganization.CLASS,
                        client -> client.parameter("organizationId"))
                .route("GET", "/failures", EdgeFlows.failures(), it -> plain)
                .route("GET", "/metrics", Queries.metrics(), it -> plain)
                .queue(QUEUE, flows.intake(), consumer.deadLetters(DEAD))
                .queue(DEAD, flows.undertake(), consumer);
    }

    /** What the platform binds. */
    static CapabilityProvider[] bindings() {
        return new CapabilityProvider[] {
            EdgeBindings.blobs(
                    ClassificationFlow.PICTURES, "PICTURES", ClassificationFlow.PICTURES),
            EdgeBindings.sql(
                    ClassificationFlow.TABLES,
                    "DB",
                    DATABASE,
                    migrations().toArray(EdgeMigration[]::new)),
            EdgeBindings.objects(ClassificationFlow.ORGANIZATIONS, EdgeOrganization.CLASS),
            EdgeModels.classifier(
                    ClassificationFlow.CLASSIFIER,
                    "CLASSIFIER",
                    CLASSIFIER,
                    ClassifierSettings.workersAi(MODEL).withIdempotencyKey()),
            EdgeBindings.rateLimit(
                    ClassificationFlow.PACE, "CLASSIFIER_PACE", CALLS_PER_MINUTE, MINUTE)
        };
    }

    /** The steps of the schema, a statement for itself each. */
    private static List<EdgeMigration> migrations() {
        List<EdgeMigration> migrations = new ArrayList<>();
        Tables.steps()
                .forEach((name, text) -> {
                    List<String> statements = new ArrayList<>();
                    for (int from = 0; from < text.length(); ) {
                        int end = text.indexOf(";\n", from);
                        statements.add(text.substring(from, end));
                        from = end + 2;
                    }
                    migrations.add(new EdgeMigration(name, statements));
                });
        return migrations;
    }
}
