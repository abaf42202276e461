package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the cases of the portability gate inside an isolate. */
public final class GateWorker implements EdgeApplication {

    /** For the service loader. */
    public GateWorker() {}

    @Override
    public EdgeRoutes routes() {
        Flow<JsonValue, JsonValue> gate =
                Flow.define(
                        "gate",
                        "1.0.0",
                        JsonValue.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.pure(
                                                "gate",
                                                JsonValue.class,
                                                JsonValue.class,
                                                it -> lines())));
        return EdgeRoutes.none()
                .limits(EdgeLimits.DEFAULT.withBudget(Duration.ofMinutes(10)))
                .get("/gate", gate);
    }

    private static JsonValue lines() {
        List<JsonValue> lines = new ArrayList<>();
        GateProgram.run().forEach(line -> lines.add(JsonValue.text(line.text())));
        return new JsonValue.Arr(lines);
    }
}
