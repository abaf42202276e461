package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.SurfaceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Forms of {@code partition} by which keys can take turns; the reference keeps no key apart. */
final class PartitionWarnings {

    private PartitionWarnings() {}

    static void check(Scope scope) {
        Map<List<String>, String> partitioned = new HashMap<>();
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            ControlSurface surface = surfaces.get(i);
            Optional<SurfaceConfig> config =
                    surface.kind() == SurfaceKind.PARTITION
                            ? SurfaceConfig.of(surface, i).filter(SurfaceConfig::isVersionOne)
                            : Optional.empty();
            if (config.isPresent()) {
                Optional<String> problem = problem(scope, surface, config.get(), partitioned);
                TimeoutWarnings.report(scope, i, surface, Codes.CTRL146, problem);
            }
        }
    }

    private static Optional<String> problem(
            Scope scope,
            ControlSurface surface,
            SurfaceConfig config,
            Map<List<String>, String> partitioned) {
        if (!config.has("key_pointer")) {
            return config.has("max_waiting_per_key")
                    ? Optional.of("max_waiting_per_key needs a key_pointer")
                    : Optional.empty();
        }
        if (config.text("key_pointer").filter(Pointers::isLegal).isEmpty()) {
            return Optional.of("key_pointer must be empty or start with '/'");
        }
        if (config.has("max_waiting_per_key") && !config.isPositive("max_waiting_per_key")) {
            return Optional.of("max_waiting_per_key must be an integer above zero");
        }
        Optional<SurfaceConfig> edge = config.object("edge");
        Optional<String> from = edge.flatMap(it -> it.text("from"));
        Optional<String> to = edge.flatMap(it -> it.text("to"));
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty(); // an error by itself
        }
        boolean joins =
                scope.node(to.get())
                        .map(NodeDefinition::join)
                        .filter(it -> !it.isEmpty())
                        .isPresent();
        if (joins) {
            return Optional.of(Names.quote(to.get()) + " joins; put a node between");
        }
        for (EdgeDefinition each : scope.flow().edges()) {
            if (each.from().equals(from.get())
                    && each.to().equals(to.get())
                    && each.buffer().spillTier().isPresent()) {
                return Optional.of("the edge spills, and what is spilled has no key to go by");
            }
        }
        String earlier = partitioned.put(List.of(from.get(), to.get()), surface.id());
        return earlier == null
                ? Optional.empty()
                : Optional.of("the edge is partitioned by " + Names.quote(earlier));
    }
}
