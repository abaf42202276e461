package dev.flowir.examples.taskrunner;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The task runner as a worker whose tasks are keys of the platform, which are seen late; otherwise
 * as {@link EdgeSqlTaskRunner}.
 */
public final class EdgeKvTaskRunner implements EdgeApplication {

    private static final String NAMESPACE = "task-runner-kv-dev";

    /** For packaging. */
    public EdgeKvTaskRunner() {}

    @Override
    public EdgeRoutes routes() {
        return routes(EdgeQueueEngine.DEPLOYED);
    }

    @Override
    public List<EdgePage> pages() {
        return EdgeSqlTaskRunner.PAGES;
    }

    /** The same with another engine. */
    static EdgeRoutes routes(EdgeEngine engine) {
        return routes(engine, EdgeSqlTaskRunner::epochSeconds);
    }

    /** The same with a clock of its own, which says when a task's day is over. */
    static EdgeRoutes routes(EdgeEngine engine, LongSupplier epochSeconds) {
        return EdgeSqlTaskRunner.routes(
                new EdgeKvTasks(engine.work(), NAMESPACE, EdgeEngine.QUEUE, epochSeconds),
                engine,
                EdgePosts.OPEN,
                EdgeBindings.kv(NAMESPACE, "TASKS"));
    }
}
