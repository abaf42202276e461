package dev.flowir.wasm;

import dev.flowir.ir.Node;

/** A flow whose body has no stack left, and one that echoes; nothing waits. */
public class SinkingWorker implements EdgeApplication {

    /** For the service loader. */
    public SinkingWorker() {}

    @Override
    public EdgeRoutes routes() {
        return EdgeRoutes.none()
                .post(
                        "/echo",
                        StillWorker.one(
                                Node.pure("echo", String.class, String.class, text -> text)))
                .post(
                        "/sinks",
                        StillWorker.one(
                                Node.pure(
                                        "sinks", String.class, String.class, SinkingWorker::sink)));
    }

    static String sink(String text) {
        return "at " + depth(text.length());
    }

    /** Deeper than any stack. */
    private static int depth(int from) {
        return from < 0 ? 0 : depth(from + 1) + depth(from + 2) + 1;
    }
}
