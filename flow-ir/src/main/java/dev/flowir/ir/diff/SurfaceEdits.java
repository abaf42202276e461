package dev.flowir.ir.diff;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.ir.check.Code;
import java.util.ArrayList;
import java.util.List;

/** Control surfaces that came, went, or are not what they were. */
final class SurfaceEdits {

    private SurfaceEdits() {}

    static void find(FlowDefinition old, FlowDefinition next, Edits edits) {
        List<ControlSurface> gone = new ArrayList<>(old.controlSurfaces());
        List<ControlSurface> come = new ArrayList<>(next.controlSurfaces());
        gone.removeAll(next.controlSurfaces());
        come.removeAll(old.controlSurfaces());
        for (ControlSurface is : come) {
            String place = edits.newSurface(is);
            String like = removeLike(gone, is) ? " changed" : " is new";
            edits.inNew(code(is), place, told(is) + like);
        }
        for (ControlSurface was : gone) {
            String place = edits.oldSurface(old.controlSurfaces().indexOf(was));
            edits.inOld(code(was), place, told(was) + " is gone");
        }
        List<ControlSurface> before = new ArrayList<>(old.controlSurfaces());
        List<ControlSurface> now = new ArrayList<>(next.controlSurfaces());
        before.retainAll(next.controlSurfaces());
        now.retainAll(old.controlSurfaces());
        if (!before.equals(now)) {
            edits.inNew(
                    DiffCodes.DIFF218, "/control_surfaces", "control surfaces changed their order");
        }
    }

    /** Takes out the surface of the same kind for the same nodes, or of the same name. */
    private static boolean removeLike(List<ControlSurface> from, ControlSurface like) {
        for (int i = 0; i < from.size(); i++) {
            ControlSurface one = from.get(i);
            if (one.kind() == like.kind()
                    && (one.id().equals(like.id()) || one.targets().equals(like.targets()))) {
                from.remove(i);
                return true;
            }
        }
        return false;
    }

    private static Code code(ControlSurface surface) {
        return switch (surface.kind()) {
            case ERROR_HANDLER -> DiffCodes.DIFF216;
            case IF, SWITCH -> DiffCodes.DIFF217;
            default -> DiffCodes.DIFF218;
        };
    }

    private static String told(ControlSurface surface) {
        String kind =
                surface.kind() == SurfaceKind.ERROR_HANDLER
                        ? "what follows an error"
                        : "the " + surface.kind().wire();
        return kind + " at '" + String.join("', '", surface.targets()) + "'";
    }
}
