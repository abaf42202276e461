package dev.flowir.examples.taskrunner;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.util.List;

/** {@link EdgeSqlTaskRunner} with durable runs in place of the queue. */
public final class EdgeSqlWorkflowTaskRunner implements EdgeApplication {

    /** For packaging. */
    public EdgeSqlWorkflowTaskRunner() {}

    @Override
    public EdgeRoutes routes() {
        return EdgeSqlTaskRunner.routes(new EdgeRunEngine());
    }

    @Override
    public List<EdgePage> pages() {
        return EdgeSqlTaskRunner.PAGES;
    }
}
