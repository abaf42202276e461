package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import java.time.Duration;

/** The same in coroutines, and one that waits while another sinks. */
public final class SinkingNapWorker extends SinkingWorker {

    /** For the service loader. */
    public SinkingNapWorker() {}

    @Override
    public EdgeRoutes routes() {
        Node<String, String> nap = Waits.sleep("nap", String.class, Duration.ofMillis(1));
        Node<String, String> sinks =
                Node.pure("sinks", String.class, String.class, SinkingWorker::sink);
        return super.routes()
                .post(
                        "/later",
                        Flow.define(
                                "later",
                                "1.0.0",
                                String.class,
                                (g, in) -> g.then(g.then(in, nap), sinks)))
                .post(
                        "/waits",
                        StillWorker.one(
                                Waits.sleep("waits", String.class, Duration.ofSeconds(15))));
    }
}
