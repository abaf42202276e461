package dev.flowir.wasm;

import dev.flowir.ir.Node;

/** The same with a body that waits though it says that it only computes. */
public final class NappingWorker extends StillWorker {

    /** For the service loader. */
    public NappingWorker() {}

    @Override
    public EdgeRoutes routes() {
        return super.routes()
                .post(
                        "/nap",
                        one(Node.pure("nap", String.class, String.class, NappingWorker::nap)));
    }

    @SuppressWarnings("ThreadPriorityCheck") // there is one thread, which others get meanwhile
    private static String nap(String text) {
        Thread.yield();
        return text;
    }
}
