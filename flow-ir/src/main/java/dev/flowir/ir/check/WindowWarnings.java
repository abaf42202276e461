package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.ir.WindowShape;
import dev.flowir.ir.WindowTime;
import java.util.List;
import java.util.Optional;

/** Forms of {@code window} that can run; what the reference demands is checked before. */
final class WindowWarnings {

    private static final List<String> BOUNDS = List.of("max_keys", "max_open", "max_items");

    private WindowWarnings() {}

    static void check(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            ControlSurface surface = surfaces.get(i);
            Optional<SurfaceConfig> config =
                    surface.kind() == SurfaceKind.WINDOW
                            ? SurfaceConfig.of(surface, i).filter(SurfaceConfig::isVersionOne)
                            : Optional.empty();
            if (config.isPresent()) {
                Optional<String> problem =
                        target(scope, config.get())
                                .or(() -> time(config.get()))
                                .or(() -> shape(config.get()))
                                .or(() -> late(scope, config.get()))
                                .or(() -> bounds(config.get()));
                TimeoutWarnings.report(scope, i, surface, Codes.CTRL160, problem);
            }
        }
    }

    private static Optional<String> target(Scope scope, SurfaceConfig config) {
        Optional<String> target = config.text("target").filter(scope::isAlias);
        if (target.isEmpty()) {
            return Optional.of("target must be the alias of a node");
        }
        boolean joins =
                scope.node(target.get())
                        .map(NodeDefinition::join)
                        .filter(it -> !it.isEmpty())
                        .isPresent();
        if (joins) {
            return Optional.of("target joins; put a node between");
        }
        for (EdgeDefinition edge : scope.flow().edges()) {
            if (edge.to().equals(target.get())) {
                return Optional.empty();
            }
        }
        return Optional.of("no edge leads to target");
    }

    private static Optional<String> time(SurfaceConfig config) {
        Optional<WindowTime> time =
                config.has("time")
                        ? config.text("time").flatMap(WindowTime::of)
                        : Optional.of(WindowTime.EVENT);
        if (time.isEmpty()) {
            return Optional.of("time must be event, ingest or processing");
        }
        if (!config.text("watermark").equals(Optional.of("bounded"))) {
            return Optional.of("watermark must be bounded");
        }
        if (config.has("out_of_order_ms") && !config.isUnsigned("out_of_order_ms")) {
            return Optional.of("out_of_order_ms must be an unsigned integer");
        }
        if (config.has("items_pointer")
                && (time.get() != WindowTime.EVENT
                        || config.has("late")
                        || config.text("items_pointer").filter(Pointers::isLegal).isEmpty())) {
            return Optional.of(
                    "items_pointer is a JSON pointer, goes by event time and sends none on as late");
        }
        boolean waits =
                config.isPositive("allowed_lateness_ms") || config.isPositive("out_of_order_ms");
        return time.get() == WindowTime.PROCESSING && waits
                ? Optional.of("by processing time nothing is late")
                : Optional.empty();
    }

    private static Optional<String> shape(SurfaceConfig config) {
        Optional<WindowShape.Kind> kind =
                config.has("shape")
                        ? config.text("shape").flatMap(WindowShape::kind)
                        : Optional.of(WindowShape.Kind.TUMBLING);
        if (kind.isEmpty()) {
            return Optional.of("shape must be tumbling, sliding or session");
        }
        return kind.get() == WindowShape.Kind.SLIDING && !config.isPositive("every_ms")
                ? Optional.of("every_ms must be there and be an integer above zero")
                : Optional.empty();
    }

    private static Optional<String> late(Scope scope, SurfaceConfig config) {
        if (!config.has("late")) {
            return Optional.empty();
        }
        Optional<String> late = config.text("late").filter(scope::isAlias);
        boolean leads =
                late.isPresent()
                        && config.text("target")
                                .filter(from -> scope.hasEdge(from, late.get()))
                                .isPresent();
        return leads
                ? Optional.empty()
                : Optional.of("late must be a node to which an edge leads from target");
    }

    private static Optional<String> bounds(SurfaceConfig config) {
        for (String bound : BOUNDS) {
            if (config.has(bound) && !config.isPositive(bound)) {
                return Optional.of(bound + " must be an integer above zero");
            }
        }
        return Optional.empty();
    }
}
