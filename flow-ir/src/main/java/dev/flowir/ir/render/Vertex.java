package dev.flowir.ir.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a layered drawing: a box, the label of a line, or a bend where a line passes a layer.
 */
final class Vertex {

    final int layer;
    final int width;
    final int height;
    final List<Vertex> before = new ArrayList<>();
    final List<Vertex> after = new ArrayList<>();

    /** Pixels over which a line stays level here: a bend is as wide as the boxes it passes. */
    int span;

    /** Place among the vertices of the layer, counted from 0. */
    int order;

    /** Number of the band that it stands in; 0 for what is in no group. */
    int band;

    /** Middle, in pixels. */
    double x;

    /** Middle, in pixels. */
    double y;

    Vertex(int layer, int width, int height) {
        this.layer = layer;
        this.width = width;
        this.height = height;
        this.span = width;
    }

    static void connect(Vertex from, Vertex to) {
        from.after.add(to);
        to.before.add(from);
    }
}
