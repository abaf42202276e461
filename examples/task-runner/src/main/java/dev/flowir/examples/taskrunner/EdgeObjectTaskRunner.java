package dev.flowir.examples.taskrunner;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeBindings;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.util.List;

/**
 * The task runner as a worker whose tasks are objects of the platform; otherwise as {@link
 * EdgeSqlTaskRunner}.
 */
public final class EdgeObjectTaskRunner implements EdgeApplication {

    private static final String OBJECTS = "task-runner-objects-dev";

    /** For packaging. */
    public EdgeObjectTaskRunner() {}

    @Override
    public EdgeRoutes routes() {
        return routes(EdgeSqlTaskRunner.CONSUMER);
    }

    @Override
    public List<EdgePage> pages() {
        return EdgeSqlTaskRunner.PAGES;
    }

    /** The same with another way to take messages. */
    static EdgeRoutes routes(EdgeConsumer consumer) {
        EdgeObjectTasks flows =
                new EdgeObjectTasks(
                        OBJECTS, EdgeSqlTaskRunner.QUEUE, EdgeSqlTaskRunner::epochSeconds);
        return EdgeSqlTaskRunner.routes(
                flows,
                flows.undertake(),
                consumer,
                EdgePosts.OPEN,
                EdgeBindings.objects(OBJECTS, EdgeTask.CLASS, EdgeBoard.CLASS));
    }
}
