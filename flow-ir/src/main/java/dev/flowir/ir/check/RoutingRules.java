package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.SurfaceKind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code if} and {@code switch} have in common: a source, a selector, and ways with edges. */
abstract class RoutingRules implements Rule {

    private final SurfaceKind kind;
    private final Code malformed;
    private final Code missingEdge;
    private final Code duplicateSource;

    RoutingRules(SurfaceKind kind, Code malformed, Code missingEdge, Code duplicateSource) {
        this.kind = kind;
        this.malformed = malformed;
        this.missingEdge = missingEdge;
        this.duplicateSource = duplicateSource;
    }

    /** One surface under check. */
    record Routing(
            Scope scope,
            int index,
            ControlSurface surface,
            SurfaceConfig config,
            String source,
            Set<String> listed) {}

    /** Checks what follows the selector. */
    abstract void ways(Routing routing);

    @Override
    public final void check(Scope scope) {
        Set<String> claimed = new HashSet<>();
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            if (surfaces.get(i).kind() == kind) {
                check(scope, i, surfaces.get(i), claimed);
            }
        }
    }

    private void check(Scope scope, int index, ControlSurface surface, Set<String> claimed) {
        String place = "/control_surfaces/" + index;
        Optional<SurfaceConfig> object = SurfaceConfig.of(surface, index);
        if (object.isEmpty()) {
            scope.report(malformed, place + "/config", subject(surface) + "config is no object");
            return;
        }
        SurfaceConfig config = object.get();
        if (!config.isVersionOne()) {
            scope.report(
                    malformed,
                    config.pointer("v"),
                    subject(surface) + "config.v must be the integer 1");
            return;
        }
        Optional<String> source = config.text("source");
        if (source.isEmpty()) {
            missing(scope, surface, config, "source");
            return;
        }
        if (!scope.isAlias(source.get())) {
            scope.reportUnknown(
                    malformed,
                    config.pointer("source"),
                    subject(surface) + "source " + Names.quote(source.get()) + " is no node",
                    source.get());
            return;
        }
        if (!claimed.add(source.get())) {
            scope.report(
                    duplicateSource,
                    config.pointer("source"),
                    subject(surface)
                            + "source "
                            + Names.quote(source.get())
                            + " already has an earlier "
                            + kind.wire());
        }
        Optional<String> selector = config.text("selector_pointer");
        if (selector.isEmpty()) {
            missing(scope, surface, config, "selector_pointer");
            return;
        }
        if (!Pointers.isLegal(selector.get())) {
            scope.report(
                    malformed,
                    config.pointer("selector_pointer"),
                    subject(surface)
                            + "selector_pointer "
                            + Names.quote(selector.get())
                            + " must be empty or start with '/'");
        }
        ways(
                new Routing(
                        scope,
                        index,
                        surface,
                        config,
                        source.get(),
                        new HashSet<>(surface.targets())));
    }

    /** Checks one way out of the source: a node, an edge to it, a place in targets. */
    final void way(Routing routing, String pointer, String role, String target) {
        Scope scope = routing.scope();
        String way = subject(routing.surface()) + role + " " + Names.quote(target);
        if (!scope.isAlias(target)) {
            scope.reportUnknown(malformed, pointer, way + " is no node", target);
            return;
        }
        if (!scope.hasEdge(routing.source(), target)) {
            scope.report(
                    missingEdge,
                    pointer,
                    way + " has no edge from " + Names.quote(routing.source()),
                    "add an edge " + Names.quote(routing.source()) + " -> " + Names.quote(target));
        }
        listed(routing, role, target);
    }

    /** Checks that {@code alias} is among the surface's targets. */
    final void listed(Routing routing, String role, String alias) {
        if (!routing.listed().contains(alias)) {
            routing.scope()
                    .report(
                            malformed,
                            "/control_surfaces/" + routing.index() + "/targets",
                            subject(routing.surface())
                                    + role
                                    + " "
                                    + Names.quote(alias)
                                    + " is not in targets",
                            "add " + Names.quote(alias) + " to targets");
        }
    }

    final void malformed(Routing routing, String pointer, String what) {
        routing.scope().report(malformed, pointer, subject(routing.surface()) + what);
    }

    final void missing(Scope scope, ControlSurface surface, SurfaceConfig config, String key) {
        scope.report(
                malformed,
                config.pointer(key),
                subject(surface) + "config." + key + " must be there and be text");
    }

    private static String subject(ControlSurface surface) {
        return surface.kind().wire() + " " + Names.quote(surface.id()) + ": ";
    }
}
