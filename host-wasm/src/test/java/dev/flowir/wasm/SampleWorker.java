package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.testing.HostFlows;
import dev.flowir.testing.HostNotes;
import dev.flowir.testing.HostRoute;
import java.time.Duration;

/** The flows that every host answers alike, and what only isolates have. */
public final class SampleWorker implements EdgeApplication {

    private static final Class<JsonValue> JSON = JsonValue.class;

    private static int loads;

    /** For the service loader. */
    public SampleWorker() {}

    @Override
    public EdgeRoutes routes() {
        loads++;
        EdgeRoutes routes =
                EdgeRoutes.none()
                        .bind(HostNotes.inMemory(), UNBOUND_NOTES)
                        .limits(EdgeLimits.DEFAULT.withBudget(Duration.ofSeconds(5)))
                        .get(
                                "/loads",
                                one(Node.pure("count", JSON, JSON, it -> JsonValue.number(loads))));
        for (HostRoute route : HostFlows.routes()) {
            routes =
                    routes.route(
                            route.method(),
                            route.path(),
                            route.flow(),
                            plain ->
                                    route.options(
                                            plain,
                                            EdgeOptions::maxBody,
                                            EdgeOptions::emptyBody,
                                            EdgeOptions::deadline,
                                            EdgeOptions::status));
        }
        return routes;
    }

    /** Needs a binding that the suite takes out of the configuration. */
    private static final CapabilityProvider UNBOUND_NOTES =
            new EdgeProvider(
                    new EdgeManifest.Binding(EdgeManifest.Kind.KV, "nowhere", "nowhere"),
                    HostNotes.inMemory("nowhere"));

    private static Flow<JsonValue, JsonValue> one(Node<JsonValue, JsonValue> node) {
        return Flow.define(node.name(), "1.0.0", JSON, (g, in) -> g.then(in, node));
    }
}
