package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Found;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.NotFound;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgeMigration;
import dev.flowir.wasm.EdgeOptions;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.time.Duration;
import java.util.List;

/**
 * The task runner as a worker: tables in a database of D1, a queue with its dead letters, and a
 * clock, by the names of environment {@code dev}. Shapes and work of its flows are those of {@link
 * TaskRunner}.
 */
public final class EdgeSqlTaskRunner implements EdgeApplication {

    private static final String DATABASE = "task-runner-db-dev";
    static final String QUEUE = "task-runner-queue-dev";
    private static final String DEAD_LETTERS = "task-runner-dlq-dev";

    /** What a browser gets, the same as behind a servlet. */
    static final List<EdgePage> PAGES =
            List.of(
                    new EdgePage("/", EdgeSqlTaskRunner.class, "index.html"),
                    new EdgePage("/app.js", EdgeSqlTaskRunner.class, "app.js"));

    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(5);
    private static final String EACH_MINUTE = "* * * * *";

    /** Burying is tried so often, so long after each other. */
    private static final int BURY_RETRIES = 100;

    private static final Duration BURY_DELAY = Duration.ofSeconds(30);

    /** As a deployment takes messages. */
    static final EdgeConsumer CONSUMER =
            EdgeConsumer.DEFAULT
                    .batches(10, Duration.ofSeconds(5))
                    .retries(Steps.RETRIES, Duration.ofSeconds(1));

    /** For packaging. */
    public EdgeSqlTaskRunner() {}

    @Override
    public EdgeRoutes routes() {
        return routes(CONSUMER);
    }

    @Override
    public List<EdgePage> pages() {
        return PAGES;
    }

    /** The same with another way to take messages. */
    static EdgeRoutes routes(EdgeConsumer consumer) {
        return routes(consumer, EdgePosts.OPEN);
    }

    /** The same for those who may post. */
    static EdgeRoutes routes(EdgeConsumer consumer, EdgePosts posts) {
        D1Tasks flows = new D1Tasks(DATABASE, QUEUE, EdgeSqlTaskRunner::epochSeconds);
        return routes(
                flows,
                flows.undertake(),
                consumer,
                posts,
                EdgeBindings.sql(
                        DATABASE,
                        "DB",
                        DATABASE,
                        new EdgeMigration(D1Tasks.FIRST_STEP, D1Tasks.FIRST_SCHEMA)));
    }

    static long epochSeconds() {
        return System.currentTimeMillis() / 1000;
    }

    /**
     * What is the same for every store.
     *
     * @param undertake buries the task of a dead letter
     * @param consumer how messages are taken; dead letters come by the same batches
     * @param posts who may post, and how often
     * @param store what keeps tasks
     */
    static EdgeRoutes routes(
            TaskFlows flows,
            Flow<TaskMessage, Handled> undertake,
            EdgeConsumer consumer,
            EdgePosts posts,
            CapabilityProvider store) {
        EdgeOptions plain = EdgeOptions.DEFAULT.deadline(REQUEST_DEADLINE);
        EdgeOptions posted = plain.maxBody(TaskRunner.MAX_BODY_BYTES).emptyBody("{}");
        return EdgeRoutes.none()
                .bind(store, EdgeBindings.queue(QUEUE, "TASK_QUEUE", QUEUE))
                .bind(posts.bindings())
                .guarded("POST", "/task", flows.create(), it -> posted, posts.create())
                .route(
                        "GET",
                        "/task/{taskId}",
                        flows.read(),
                        it -> plain.status(Found.class, 200).status(NotFound.class, 404))
                .route("GET", "/dead-letters", flows.letters(), it -> plain)
                .guarded(
                        "POST",
                        "/dead-letters/{taskId}/redrive",
                        flows.redrive(),
                        it -> plain,
                        posts.redrive())
                .get("/events", flows.events())
                .otherwise(405, "method not allowed")
                .queue(QUEUE, flows.process(Steps::process), consumer.deadLetters(DEAD_LETTERS))
                .queue(DEAD_LETTERS, undertake, consumer.retries(BURY_RETRIES, BURY_DELAY))
                .scheduled(EACH_MINUTE, flows.sweep(), moment -> new Sweep(moment.getEpochSecond()))
                .scheduled(EACH_MINUTE, flows.recover(), moment -> new Nothing());
    }
}
