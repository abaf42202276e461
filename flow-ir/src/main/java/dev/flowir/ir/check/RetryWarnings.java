package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The flow owns its retries: each node that is repeated has one error handler that says so. */
final class RetryWarnings {

    private static final String RETRY = "retry";

    private RetryWarnings() {}

    static void check(Scope scope) {
        Map<String, String> owners = new TreeMap<>();
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            Optional<SurfaceConfig> config = SurfaceConfig.of(surfaces.get(i), i);
            if (surfaces.get(i).kind() == SurfaceKind.ERROR_HANDLER && config.isPresent()) {
                unowned(scope, config.get());
                owned(scope, surfaces.get(i).id(), config.get(), owners);
            }
        }
    }

    private static void unowned(Scope scope, SurfaceConfig config) {
        Optional<String> strategy = config.text("strategy");
        if (strategy.isPresent()
                && !strategy.get().equals(RETRY)
                && config.isPositive("max_retries")) {
            scope.report(
                    Codes.RETRY011,
                    config.pointer("max_retries"),
                    "max_retries does nothing with strategy " + Names.quote(strategy.get()));
        }
    }

    private static void owned(
            Scope scope, String id, SurfaceConfig config, Map<String, String> owners) {
        boolean onlyUndoes =
                config.has("compensate") && config.text("strategy").equals(Optional.of("fail"));
        Optional<JsonValue.Arr> nodes = config.object("scope").flatMap(it -> it.array("nodes"));
        if (onlyUndoes || nodes.isEmpty()) {
            return; // a handler of its own may say how often the node is repeated
        }
        for (JsonValue node : nodes.get().items()) {
            if (node instanceof JsonValue.Text alias) {
                String owner = owners.putIfAbsent(alias.value(), id);
                if (owner != null) {
                    scope.report(
                            Codes.RETRY010,
                            config.pointer("scope"),
                            "node "
                                    + Names.quote(alias.value())
                                    + " has error handlers "
                                    + Names.quote(owner)
                                    + " and "
                                    + Names.quote(id));
                }
            }
        }
    }
}
