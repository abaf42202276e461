package dev.flowir.ir.diff;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Location;
import java.util.ArrayList;
import java.util.List;

/** Edits as they are found, with their places in the documents that people wrote. */
final class Edits {

    private final FlowDefinition old;
    private final FlowDefinition next;
    private final List<Edit> found = new ArrayList<>();

    Edits(FlowDefinition old, FlowDefinition next) {
        this.old = old;
        this.next = next;
    }

    void inOld(Code code, String pointer, String message) {
        add(Edit.Side.OLD, code, pointer, message);
    }

    void inNew(Code code, String pointer, String message) {
        add(Edit.Side.NEW, code, pointer, message);
    }

    private void add(Edit.Side side, Code code, String pointer, String message) {
        Location place = Location.of(pointer);
        found.add(new Edit(side, new Diagnostic(code, message, place, code.suggestion())));
    }

    boolean areCompatible() {
        for (Edit edit : found) {
            if (!edit.isCompatible()) {
                return false;
            }
        }
        return true;
    }

    List<Edit> list() {
        return List.copyOf(found);
    }

    String oldNode(String alias) {
        return node(old, alias);
    }

    String newNode(String alias) {
        return node(next, alias);
    }

    private static String node(FlowDefinition flow, String alias) {
        for (int i = 0; i < flow.nodes().size(); i++) {
            if (flow.nodes().get(i).alias().equals(alias)) {
                return "/nodes/" + i;
            }
        }
        return "/nodes";
    }

    String oldEdge(EdgeDefinition edge) {
        return edge(old, edge);
    }

    String newEdge(EdgeDefinition edge) {
        return edge(next, edge);
    }

    private static String edge(FlowDefinition flow, EdgeDefinition edge) {
        for (int i = 0; i < flow.edges().size(); i++) {
            EdgeDefinition one = flow.edges().get(i);
            if (one.from().equals(edge.from()) && one.to().equals(edge.to())) {
                return "/edges/" + i;
            }
        }
        return "/edges";
    }

    String oldSurface(int index) {
        return surface(index);
    }

    /** Surfaces of nodes that are passed over are not counted in what is compared. */
    String newSurface(Object surface) {
        int index = next.controlSurfaces().indexOf(surface);
        return index < 0 ? "/control_surfaces" : surface(index);
    }

    private static String surface(int index) {
        return "/control_surfaces/" + index;
    }
}
