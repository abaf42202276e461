package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.ItemFailures;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceKind;
import java.util.List;

/** Whether a {@code for_each} says in known words what becomes of its items. */
final class EachWarnings {

    private EachWarnings() {}

    static void check(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            ControlSurface surface = surfaces.get(i);
            if (surface.kind() == SurfaceKind.FOR_EACH
                    && surface.config() instanceof JsonValue.Obj config) {
                String at = "/control_surfaces/" + i + "/config/";
                JsonValue failures = config.members().get(ItemFailures.KEY);
                if (failures != null && !isKnown(failures)) {
                    String known = "on_item_failure must be fail, leave_out or replace";
                    report(scope, surface, at + ItemFailures.KEY, known);
                }
                JsonValue ordered = config.members().get("ordered");
                if (ordered != null && !(ordered instanceof JsonValue.Bool)) {
                    report(scope, surface, at + "ordered", "ordered must be true or false");
                }
            }
        }
    }

    private static boolean isKnown(JsonValue failures) {
        return failures instanceof JsonValue.Text text && ItemFailures.of(text.value()).isPresent();
    }

    private static void report(Scope scope, ControlSurface surface, String at, String what) {
        scope.report(
                Codes.CTRL157,
                at,
                surface.kind().wire() + " " + Names.quote(surface.id()) + ": " + what);
    }
}
