package dev.flowir.ir.check;

import dev.flowir.ir.Batches;
import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.ItemFailures;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceKind;
import java.util.List;

/** Whether a {@code for_each} says in known forms how its items are worked on. */
final class EachWarnings {

    private EachWarnings() {}

    static void check(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            ControlSurface surface = surfaces.get(i);
            if (surface.kind() == SurfaceKind.FOR_EACH
                    && surface.config() instanceof JsonValue.Obj config) {
                String at = "/control_surfaces/" + i + "/config/";
                JsonValue batch = config.members().get("batch");
                if (batch != null && !isSized(batch)) {
                    String range =
                            "batch.max_items must be an integer of 1 to " + Batches.MAX_ITEMS;
                    report(scope, surface, Codes.CTRL153, at + "batch", range);
                }
                JsonValue failures = config.members().get(ItemFailures.KEY);
                if (failures != null && !isKnown(failures)) {
                    String known = "on_item_failure must be fail, leave_out or replace";
                    report(scope, surface, Codes.CTRL157, at + ItemFailures.KEY, known);
                }
                JsonValue ordered = config.members().get("ordered");
                if (ordered != null && !(ordered instanceof JsonValue.Bool)) {
                    report(
                            scope,
                            surface,
                            Codes.CTRL157,
                            at + "ordered",
                            "ordered must be true or false");
                }
            }
        }
    }

    private static boolean isSized(JsonValue batch) {
        return batch instanceof JsonValue.Obj object
                && Batches.maxItems(object.members().get("max_items")).isPresent();
    }

    private static boolean isKnown(JsonValue failures) {
        return failures instanceof JsonValue.Text text && ItemFailures.of(text.value()).isPresent();
    }

    private static void report(
            Scope scope, ControlSurface surface, Code code, String at, String what) {
        scope.report(
                code, at, surface.kind().wire() + " " + Names.quote(surface.id()) + ": " + what);
    }
}
