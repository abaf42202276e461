package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.SurfaceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Forms of {@code timeout}, for which the reference has no rule. */
final class TimeoutWarnings {

    private static final Set<String> LATE = Set.of("cancel", "retry", "dead_letter");

    private TimeoutWarnings() {}

    static void check(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            ControlSurface surface = surfaces.get(i);
            if (surface.kind() == SurfaceKind.TIMEOUT) {
                report(scope, i, surface, Codes.CTRL141, timeoutProblem(scope, surface, i));
            }
        }
    }

    static void report(
            Scope scope, int index, ControlSurface surface, Code code, Optional<String> problem) {
        if (problem.isPresent()) {
            scope.report(
                    code,
                    "/control_surfaces/" + index + "/config",
                    surface.kind().wire() + " " + Names.quote(surface.id()) + ": " + problem.get());
        }
    }

    private static Optional<String> timeoutProblem(Scope scope, ControlSurface surface, int index) {
        Optional<SurfaceConfig> object = SurfaceConfig.of(surface, index);
        if (object.isEmpty() || !object.get().isVersionOne()) {
            return Optional.of("config must be an object with v 1");
        }
        SurfaceConfig config = object.get();
        if (!namesNode(scope, config, "target")) {
            return Optional.of("target must be the alias of a node");
        }
        if (!config.isPositive("timeout_ms")) {
            return Optional.of("timeout_ms must be an integer above zero");
        }
        if (config.has("policy") && config.text("policy").filter(LATE::contains).isEmpty()) {
            return Optional.of("policy must be cancel, retry or dead_letter");
        }
        for (EdgeDefinition edge : scope.flow().edges()) {
            if (config.text("target").equals(Optional.of(edge.to()))) {
                return Optional.empty();
            }
        }
        return Optional.of("no edge leads to target; a deadline bounds the run");
    }

    private static boolean namesNode(Scope scope, SurfaceConfig config, String key) {
        return config.text(key).filter(scope::isAlias).isPresent();
    }
}
