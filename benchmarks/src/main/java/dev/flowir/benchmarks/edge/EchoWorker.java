package dev.flowir.benchmarks.edge;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeRoutes;

/** Says what it hears: all that is measured is the host's. */
public final class EchoWorker implements EdgeApplication {

    /** For the isolate. */
    public EchoWorker() {}

    @Override
    public EdgeRoutes routes() {
        Node<String, String> echo = Node.pure("echo", String.class, String.class, it -> it);
        return EdgeRoutes.none()
                .post(
                        "/echo",
                        Flow.define("echo", "1.0.0", String.class, (g, in) -> g.then(in, echo)));
    }
}
