package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rules of {@code for_each}, {@code partition}, {@code rate_limit}, {@code error_handler} and
 * {@code window}, in document order. A part without which nothing more can be said ends the check
 * of its surface.
 */
final class ReservedSurfaceRules implements Rule {

    private static final Set<SurfaceKind> KINDS =
            Set.of(
                    SurfaceKind.FOR_EACH,
                    SurfaceKind.PARTITION,
                    SurfaceKind.RATE_LIMIT,
                    SurfaceKind.ERROR_HANDLER,
                    SurfaceKind.WINDOW);

    private static final Set<String> STRATEGIES = Set.of("retry", "fail", "continue");

    @Override
    public void check(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            if (KINDS.contains(surfaces.get(i).kind())) {
                check(new SurfaceCheck(scope, surfaces.get(i)), surfaces.get(i), i);
            }
        }
    }

    private static void check(SurfaceCheck check, ControlSurface surface, int index) {
        Optional<SurfaceConfig> object = SurfaceConfig.of(surface, index);
        if (object.isEmpty()) {
            check.malformed("/control_surfaces/" + index + "/config", "config is no object");
            return;
        }
        SurfaceConfig config = object.get();
        if (!config.isVersionOne()) {
            check.malformed(config.pointer("v"), "config.v must be the integer 1");
            return;
        }
        switch (surface.kind()) {
            case FOR_EACH -> forEach(check, config);
            case PARTITION -> partition(check, config);
            case RATE_LIMIT -> rateLimit(check, config);
            case ERROR_HANDLER -> errorHandler(check, config);
            default -> window(check, config);
        }
    }

    private static void forEach(SurfaceCheck check, SurfaceConfig config) {
        Optional<String> source = check.requiredText(config, "source");
        if (source.isEmpty()) {
            return;
        }
        Optional<String> items = check.requiredText(config, "items_pointer");
        if (items.isEmpty()) {
            return;
        }
        Optional<String> body = check.requiredText(config, "body_entry");
        if (body.isEmpty()) {
            return;
        }
        boolean known = check.known(config.pointer("source"), "source", source.get());
        known &= check.known(config.pointer("body_entry"), "body_entry", body.get());
        check.pointer(config, "items_pointer", items.get());
        if (known) {
            check.edge(config.pointer("body_entry"), source.get(), body.get());
        }
    }

    private static void partition(SurfaceCheck check, SurfaceConfig config) {
        Optional<SurfaceConfig> edge = check.requiredObject(config, "edge");
        if (edge.isEmpty()) {
            return;
        }
        Optional<String> from = check.requiredText(edge.get(), "from");
        if (from.isEmpty()) {
            return;
        }
        Optional<String> to = check.requiredText(edge.get(), "to");
        if (to.isEmpty()) {
            return;
        }
        Optional<String> key = check.requiredText(config, "key");
        if (key.isEmpty()) {
            return;
        }
        if (key.get().isEmpty()) {
            check.malformed(config.pointer("key"), "key must not be empty");
        }
        boolean known = check.known(edge.get().pointer("from"), "edge.from", from.get());
        known &= check.known(edge.get().pointer("to"), "edge.to", to.get());
        if (known) {
            check.edge(config.pointer("edge"), from.get(), to.get());
        }
    }

    private static void rateLimit(SurfaceCheck check, SurfaceConfig config) {
        Optional<String> target = check.requiredText(config, "target");
        if (target.isEmpty()) {
            return;
        }
        check.known(config.pointer("target"), "target", target.get());
        check.positive(config, "qps");
        check.positive(config, "burst");
        check.unsignedIfPresent(config, "smoothing_ms");
    }

    private static void errorHandler(SurfaceCheck check, SurfaceConfig config) {
        Optional<SurfaceConfig> scope = check.requiredObject(config, "scope");
        if (scope.isEmpty()) {
            return;
        }
        Optional<JsonValue.Arr> nodes = scope.get().array("nodes");
        if (nodes.isEmpty()) {
            check.malformed(
                    scope.get().pointer("nodes"), "scope.nodes must be there and be a list");
            return;
        }
        for (int i = 0; i < nodes.get().items().size(); i++) {
            String pointer = scope.get().pointer("nodes") + "/" + i;
            if (nodes.get().items().get(i) instanceof JsonValue.Text alias) {
                check.known(pointer, "scope node", alias.value());
            } else {
                check.malformed(pointer, "scope node " + i + " must be the alias of a node");
            }
        }
        Optional<String> strategy = check.requiredText(config, "strategy");
        if (strategy.isEmpty()) {
            return;
        }
        if (!STRATEGIES.contains(strategy.get())) {
            check.malformed(
                    config.pointer("strategy"),
                    "strategy "
                            + Names.quote(strategy.get())
                            + " is none of retry, fail, continue");
        }
        check.unsignedIfPresent(config, "max_retries");
        check.unsignedIfPresent(config, "backoff_ms");
        check.unsignedIfPresent(config, "max_backoff_ms");
        check.unsignedIfPresent(config, "jitter_percent");
    }

    private static void window(SurfaceCheck check, SurfaceConfig config) {
        Optional<String> time = check.requiredText(config, "event_time_pointer");
        if (time.isEmpty()) {
            return;
        }
        check.pointer(config, "event_time_pointer", time.get());
        check.positive(config, "size_ms");
        if (!config.isUnsigned("allowed_lateness_ms")) {
            check.malformed(
                    config.pointer("allowed_lateness_ms"),
                    "allowed_lateness_ms must be there and be an unsigned integer");
        }
        Optional<String> watermark = check.requiredText(config, "watermark");
        if (watermark.isPresent() && watermark.get().isEmpty()) {
            check.malformed(config.pointer("watermark"), "watermark must not be empty");
        }
    }
}
