package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.SurfaceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nodes that undo others: an addition of ours to {@code error_handler}. */
final class CompensationWarnings {

    private static final String KEY = "compensate";

    private CompensationWarnings() {}

    /** Aliases that error handlers name as what undoes. */
    static List<String> undoing(FlowDefinition flow) {
        List<String> aliases = new ArrayList<>();
        for (ControlSurface surface : flow.controlSurfaces()) {
            if (surface.kind() == SurfaceKind.ERROR_HANDLER) {
                SurfaceConfig.of(surface, 0)
                        .flatMap(config -> config.text(KEY))
                        .ifPresent(aliases::add);
            }
        }
        return aliases;
    }

    static void check(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            Optional<SurfaceConfig> config = SurfaceConfig.of(surfaces.get(i), i);
            if (surfaces.get(i).kind() == SurfaceKind.ERROR_HANDLER
                    && config.isPresent()
                    && config.get().has(KEY)) {
                check(scope, config.get());
            }
        }
    }

    private static void check(Scope scope, SurfaceConfig config) {
        Optional<String> by = config.text(KEY);
        if (by.isEmpty() || !scope.isAlias(by.get())) {
            scope.report(Codes.CTRL142, config.pointer(KEY), "compensate must name a node");
            return;
        }
        for (EdgeDefinition edge : scope.flow().edges()) {
            if (edge.from().equals(by.get()) || edge.to().equals(by.get())) {
                scope.report(
                        Codes.CTRL142,
                        config.pointer(KEY),
                        Names.quote(by.get()) + " undoes and has edge " + EdgeRules.name(edge));
                break;
            }
        }
        for (NodeDefinition node : scope.flow().nodes()) {
            boolean isNamed = node.alias().equals(by.get()) || inScope(config, node.alias());
            if (isNamed && node.effects() != Effects.EFFECTFUL) {
                scope.report(
                        Codes.CTRL142,
                        config.pointer(KEY),
                        "node " + Names.quote(node.alias()) + " changes nothing");
            }
        }
    }

    private static boolean inScope(SurfaceConfig config, String alias) {
        return config.object("scope")
                .flatMap(scope -> scope.array("nodes"))
                .filter(nodes -> nodes.items().contains(JsonValue.text(alias)))
                .isPresent();
    }
}
