package dev.flowir.examples.taskrunner;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.util.List;

/** {@link EdgeKvTaskRunner} with durable runs in place of the queue. */
public final class EdgeKvWorkflowTaskRunner implements EdgeApplication {

    /** For packaging. */
    public EdgeKvWorkflowTaskRunner() {}

    @Override
    public EdgeRoutes routes() {
        return EdgeKvTaskRunner.routes(new EdgeRunEngine());
    }

    @Override
    public List<EdgePage> pages() {
        return EdgeSqlTaskRunner.PAGES;
    }
}
