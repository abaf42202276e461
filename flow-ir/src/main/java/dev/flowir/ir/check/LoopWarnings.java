package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.SurfaceKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Forms of {@code loop}, for which the reference has no rule. */
final class LoopWarnings {

    private static final Set<String> AT_LIMIT = Set.of("fail", "leave");

    private LoopWarnings() {}

    static void check(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            ControlSurface surface = surfaces.get(i);
            if (surface.kind() == SurfaceKind.LOOP) {
                TimeoutWarnings.report(
                        scope, i, surface, Codes.CTRL140, problem(scope, surface, i));
            }
        }
    }

    private static Optional<String> problem(Scope scope, ControlSurface surface, int index) {
        Optional<SurfaceConfig> object = SurfaceConfig.of(surface, index);
        if (object.isEmpty() || !object.get().isVersionOne()) {
            return Optional.of("config must be an object with v 1");
        }
        SurfaceConfig config = object.get();
        Optional<String> source = config.text("source").filter(scope::isAlias);
        Optional<String> entry = config.text("body_entry").filter(scope::isAlias);
        if (source.isEmpty() || entry.isEmpty()) {
            return Optional.of("source and body_entry must be aliases of nodes");
        }
        if (config.text("selector_pointer").filter(Pointers::isLegal).isEmpty()) {
            return Optional.of("selector_pointer must be a JSON pointer");
        }
        if (!config.isPositive("max_iterations")) {
            return Optional.of("max_iterations must be an integer above zero");
        }
        if (config.has("on_limit")
                && config.text("on_limit").filter(AT_LIMIT::contains).isEmpty()) {
            return Optional.of("on_limit must be fail or leave");
        }
        if (!scope.hasEdge(source.get(), entry.get())) {
            return Optional.of(
                    "there is no edge "
                            + Names.quote(source.get())
                            + " -> "
                            + Names.quote(entry.get()));
        }
        Optional<String> exit =
                config.has("body_exit") ? config.text("body_exit").filter(scope::isAlias) : entry;
        return exit.isEmpty()
                ? Optional.of("body_exit must be the alias of a node")
                : line(scope, entry.get(), exit.get());
    }

    /**
     * Whether one way leads from {@code entry} to {@code exit}, through nodes that go just there.
     */
    private static Optional<String> line(Scope scope, String entry, String exit) {
        Set<String> seen = new HashSet<>();
        String at = entry;
        while (!at.equals(exit)) {
            List<String> next = ends(scope, at, true);
            if (!seen.add(at) || next.size() != 1) {
                return Optional.of(
                        "from "
                                + Names.quote(at)
                                + " there is not just one edge, towards "
                                + Names.quote(exit));
            }
            at = next.get(0);
            boolean joins =
                    scope.node(at)
                            .map(NodeDefinition::join)
                            .filter(it -> !it.isEmpty())
                            .isPresent();
            if (joins || ends(scope, at, false).size() != 1) {
                return Optional.of(Names.quote(at) + " is in the loop and entered from elsewhere");
            }
        }
        return Optional.empty();
    }

    private static List<String> ends(Scope scope, String alias, boolean outgoing) {
        List<String> ends = new ArrayList<>();
        for (EdgeDefinition edge : scope.flow().edges()) {
            if (alias.equals(outgoing ? edge.from() : edge.to())) {
                ends.add(outgoing ? edge.to() : edge.from());
            }
        }
        return ends;
    }
}
