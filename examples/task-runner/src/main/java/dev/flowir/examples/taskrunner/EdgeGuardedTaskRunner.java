package dev.flowir.examples.taskrunner;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.util.List;

/** {@link EdgeSqlTaskRunner} for those who have the secret {@code API_TOKEN}. */
public final class EdgeGuardedTaskRunner implements EdgeApplication {

    /** For packaging. */
    public EdgeGuardedTaskRunner() {}

    @Override
    public EdgeRoutes routes() {
        return EdgeSqlTaskRunner.routes(EdgeQueueEngine.DEPLOYED, EdgePosts.GUARDED);
    }

    @Override
    public List<EdgePage> pages() {
        return EdgeSqlTaskRunner.PAGES;
    }
}
