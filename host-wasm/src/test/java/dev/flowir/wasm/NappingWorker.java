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

    private static String nap(String text) {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return text;
    }
}
