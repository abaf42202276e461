package dev.flowir.ir.check;

import dev.flowir.ir.Batches;
import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceKind;
import java.util.List;

/** Whether a {@code for_each} that works in batches says how large they are. */
final class BatchWarnings {

    private BatchWarnings() {}

    static void check(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            ControlSurface surface = surfaces.get(i);
            if (surface.kind() == SurfaceKind.FOR_EACH
                    && surface.config() instanceof JsonValue.Obj config
                    && config.members().containsKey("batch")
                    && !isSaid(config.members().get("batch"))) {
                scope.report(
                        Codes.CTRL153,
                        "/control_surfaces/" + i + "/config/batch",
                        surface.kind().wire()
                                + " "
                                + Names.quote(surface.id())
                                + ": batch.max_items must be an integer of 1 to "
                                + Batches.MAX_ITEMS);
            }
        }
    }

    private static boolean isSaid(JsonValue batch) {
        return batch instanceof JsonValue.Obj object
                && Batches.maxItems(object.members().get("max_items")).isPresent();
    }
}
