package dev.flowir.examples.taskrunner;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.util.List;

/** {@link EdgeObjectTaskRunner} with durable runs in place of the queue. */
public final class EdgeObjectWorkflowTaskRunner implements EdgeApplication {

    /** For packaging. */
    public EdgeObjectWorkflowTaskRunner() {}

    @Override
    public EdgeRoutes routes() {
        return EdgeObjectTaskRunner.routes(new EdgeRunEngine());
    }

    @Override
    public List<EdgePage> pages() {
        return EdgeSqlTaskRunner.PAGES;
    }
}
