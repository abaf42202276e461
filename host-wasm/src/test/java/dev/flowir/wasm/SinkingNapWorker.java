package dev.flowir.wasm;

import dev.flowir.ir.Node;

/** The same in coroutines, and one that waits while another sinks. */
public final class SinkingNapWorker extends SinkingWorker {

    /** For the service loader. */
    public SinkingNapWorker() {}

    @Override
    public EdgeRoutes routes() {
        return super.routes()
                .post(
                        "/later",
                        StillWorker.one(
                                Node.pure(
                                        "later",
                                        String.class,
                                        String.class,
                                        text -> sink(nap(text, 1)))))
                .post(
                        "/waits",
                        StillWorker.one(
                                Node.pure(
                                        "waits",
                                        String.class,
                                        String.class,
                                        text -> nap(text, 15_000))));
    }

    private static String nap(String text, long millis) {
        try {
            Thread.sleep(millis);
            return text;
        } catch (InterruptedException left) {
            throw new IllegalStateException(left);
        }
    }
}
