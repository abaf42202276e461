package dev.flowir.examples.taskrunner;

import dev.flowir.examples.taskrunner.Messages.Found;
import dev.flowir.examples.taskrunner.Messages.NotFound;
import dev.flowir.examples.taskrunner.Messages.Nothing;
import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeBindings;
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

    /** What a browser gets, the same as behind a servlet. */
    static final List<EdgePage> PAGES =
            List.of(
                    new EdgePage("/", EdgeSqlTaskRunner.class, "index.html"),
                    new EdgePage("/app.js", EdgeSqlTaskRunner.class, "app.js"));

    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(5);
    private static final String EACH_MINUTE = "* * * * *";

    /** For packaging. */
    public EdgeSqlTaskRunner() {}

    @Override
    public EdgeRoutes routes() {
        return routes(EdgeQueueEngine.DEPLOYED);
    }

    @Override
    public List<EdgePage> pages() {
        return PAGES;
    }

    /** The same with another engine. */
    static EdgeRoutes routes(EdgeEngine engine) {
        return routes(engine, EdgePosts.OPEN);
    }

    /** The same for those who may post. */
    static EdgeRoutes routes(EdgeEngine engine, EdgePosts posts) {
        return routes(
                new D1Tasks(
                        engine.work(), DATABASE, EdgeEngine.QUEUE, EdgeSqlTaskRunner::epochSeconds),
                engine,
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
     * @param engine works on tasks
     * @param posts who may post, and how often
     * @param store what keeps tasks
     */
    static EdgeRoutes routes(
            EdgeStoredTasks<?, ?> flows,
            EdgeEngine engine,
            EdgePosts posts,
            CapabilityProvider store) {
        EdgeOptions plain = EdgeOptions.DEFAULT.deadline(REQUEST_DEADLINE);
        EdgeOptions posted = plain.maxBody(TaskRunner.MAX_BODY_BYTES).emptyBody("{}");
        return engine.on(EdgeRoutes.none().bind(store), flows)
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
                .scheduled(EACH_MINUTE, flows.sweep(), moment -> new Sweep(moment.getEpochSecond()))
                .scheduled(EACH_MINUTE, flows.recover(), moment -> new Nothing());
    }
}
