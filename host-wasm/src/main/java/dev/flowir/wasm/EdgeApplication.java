package dev.flowir.wasm;

import java.util.List;

/**
 * A program for an edge isolate. Its class needs a constructor without parameters. Nothing runs
 * before the first request: then {@link #routes()} is called, once for the life of the isolate.
 */
@FunctionalInterface
public interface EdgeApplication {

    /**
     * {@return which flow answers where} Must not wait for anything: what it would wait for belongs
     * to the request that happens to be first.
     */
    EdgeRoutes routes();

    /** {@return files that the platform answers with by itself; asked when a worker is packaged} */
    default List<EdgePage> pages() {
        return List.of();
    }
}
