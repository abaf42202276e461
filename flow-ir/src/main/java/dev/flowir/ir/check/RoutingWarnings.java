package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.SurfaceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the reference validates but cannot run: two kinds of routing at once, dead pointers. */
final class RoutingWarnings {

    private RoutingWarnings() {}

    static void conflicts(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < surfaces.size(); i++) {
            Optional<SurfaceConfig> config = routing(surfaces.get(i), i);
            Optional<String> source = config.flatMap(object -> object.text("source"));
            if (source.isEmpty()) {
                continue;
            }
            Integer earlier = first.putIfAbsent(source.get(), i);
            if (earlier != null && surfaces.get(earlier).kind() != surfaces.get(i).kind()) {
                scope.report(
                        Codes.CTRL150,
                        config.get().pointer("source"),
                        "node "
                                + Names.quote(source.get())
                                + " is routed by "
                                + show(surfaces.get(earlier))
                                + " and by "
                                + show(surfaces.get(i)));
            }
        }
    }

    static void pointers(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            Optional<SurfaceConfig> config = SurfaceConfig.of(surfaces.get(i), i);
            String key = pointerKey(surfaces.get(i).kind());
            Optional<String> pointer = config.flatMap(object -> object.text(key));
            if (pointer.isPresent() && !Pointers.isFollowable(pointer.get())) {
                scope.report(
                        Codes.CTRL151,
                        config.get().pointer(key),
                        show(surfaces.get(i))
                                + ": "
                                + key
                                + " "
                                + Names.quote(pointer.get())
                                + " has a tilde without 0 or 1");
            }
        }
    }

    private static String pointerKey(SurfaceKind kind) {
        return switch (kind) {
            case FOR_EACH -> "items_pointer";
            case WINDOW -> "event_time_pointer";
            default -> "selector_pointer";
        };
    }

    private static Optional<SurfaceConfig> routing(ControlSurface surface, int index) {
        boolean routes = surface.kind() == SurfaceKind.IF || surface.kind() == SurfaceKind.SWITCH;
        return routes ? SurfaceConfig.of(surface, index) : Optional.empty();
    }

    private static String show(ControlSurface surface) {
        return surface.kind().wire() + " " + Names.quote(surface.id());
    }
}
