package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.SurfaceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a node has one rate: with two of them nobody knows which holds. */
final class RateWarnings {

    private RateWarnings() {}

    static void check(Scope scope) {
        Map<String, String> limited = new HashMap<>();
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            ControlSurface surface = surfaces.get(i);
            Optional<String> target =
                    surface.kind() == SurfaceKind.RATE_LIMIT
                            ? SurfaceConfig.of(surface, i).flatMap(it -> it.text("target"))
                            : Optional.empty();
            String earlier = target.isEmpty() ? null : limited.put(target.get(), surface.id());
            if (earlier != null) {
                TimeoutWarnings.report(
                        scope,
                        i,
                        surface,
                        Codes.CTRL145,
                        Optional.of(
                                Names.quote(target.get())
                                        + " has a rate already, by "
                                        + Names.quote(earlier)));
            }
        }
    }
}
