package dev.flowir.ir.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives each group a band of its own across the drawing, under what is around it, so that nothing
 * else stands within its frame.
 */
final class Bands {

    /** Empty pixels between a frame and what is in it, or below it. */
    static final int PADDING = 12;

    /** Pixels at the top of a frame for its label. */
    private static final int LABEL_HEIGHT = 26;

    /**
     * From where to where a group goes, in pixels.
     *
     * @param group the group
     * @param top its upper side
     * @param bottom its lower side
     */
    record Span(Group group, double top, double bottom) {}

    private final List<List<Vertex>> layers;
    private final List<Span> spans = new ArrayList<>();
    private double y;
    private int bands;

    private Bands(List<List<Vertex>> layers) {
        this.layers = layers;
    }

    /** Numbers the bands of {@code boxes}: what is in no group is in band 0. */
    static void assign(Group root, List<Vertex> boxes) {
        assign(root, boxes, 0);
    }

    private static int assign(Group group, List<Vertex> boxes, int band) {
        group.boxes.forEach(box -> boxes.get(box).band = band);
        int next = band + 1;
        for (Group inner : group.inner) {
            next = assign(inner, boxes, next);
        }
        return next;
    }

    /** Places all vertices, band by band, and tells where the groups in {@code root} are. */
    static List<Span> place(Group root, List<List<Vertex>> layers) {
        for (List<Vertex> layer : layers) {
            layer.sort(Comparator.comparingInt(vertex -> vertex.band)); // stable
        }
        Bands bands = new Bands(layers);
        bands.place();
        for (Group group : root.inner) {
            bands.framed(group);
        }
        return bands.spans;
    }

    private void framed(Group group) {
        y += PADDING;
        double top = y;
        y += LABEL_HEIGHT;
        int at = spans.size();
        place();
        group.inner.forEach(this::framed);
        y += PADDING;
        spans.add(at, new Span(group, top, y));
    }

    /** Places what is in the next band. */
    private void place() {
        int band = bands++;
        List<List<Vertex>> own = new ArrayList<>();
        for (List<Vertex> layer : layers) {
            own.add(layer.stream().filter(vertex -> vertex.band == band).toList());
        }
        Spacing.place(own);
        double bottom = y;
        for (List<Vertex> layer : own) {
            for (Vertex vertex : layer) {
                vertex.y += y;
                bottom = Math.max(bottom, vertex.y + vertex.height / 2.0);
            }
        }
        y = bottom;
    }
}
