package dev.flowir.ir.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layered drawing from left to right. Boxes stand on even layers; what is written on a line
 * stands on an odd layer of its own, so that no label covers anything.
 */
final class Layout {

    /** Empty pixels between two layers. */
    private static final int LAYER_GAP = 36;

    private static final int LABEL_SIZE = 11;

    /** Bends above which lines are drawn straight instead of around boxes. */
    private static final int MAX_BENDS = 20_000;

    /**
     * Width and height in pixels.
     *
     * @param width width
     * @param height height
     */
    record Size(int width, int height) {}

    /**
     * Where a line runs.
     *
     * @param way its vertices from its first to its last box
     * @param label the vertex that holds its label
     */
    record Route(List<Vertex> way, Optional<Vertex> label) {}

    /**
     * Where a group is, in pixels.
     *
     * @param label what is written on it
     * @param left its left side
     * @param top its upper side
     * @param right its right side
     * @param bottom its lower side
     */
    record Frame(String label, double left, double top, double right, double bottom) {}

    private final List<Vertex> boxes = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<List<Vertex>> layers = new ArrayList<>();
    private int width;
    private int height;

    private Layout() {}

    /**
     * Lays out boxes and lines.
     *
     * @param sizes size of each box
     * @param lines lines between them
     * @param labels size of each line's label; empty for no label
     * @param root the boxes in their groups
     */
    static Layout of(
            List<Size> sizes, List<Picture.Line> lines, List<Optional<Size>> labels, Group root) {
        Layout layout = new Layout();
        Ranks ranks = Ranks.assign(sizes.size(), lines);
        for (int i = 0; i < sizes.size(); i++) {
            layout.boxes.add(
                    layout.add(2 * ranks.of(i), sizes.get(i).width(), sizes.get(i).height()));
        }
        Bands.assign(root, layout.boxes);
        boolean bends = layout.countBends(lines) <= MAX_BENDS;
        for (int i = 0; i < lines.size(); i++) {
            layout.routes.add(
                    layout.route(lines.get(i), labels.get(i), ranks.isBackward(i), bends));
        }
        Ordering.reduceCrossings(layout.layers);
        List<Bands.Span> spans = Bands.place(root, layout.layers);
        layout.spreadLayers();
        for (Bands.Span span : spans) {
            layout.frame(span);
        }
        return layout;
    }

    private Vertex add(int layer, int width, int height) {
        while (layers.size() <= layer) {
            layers.add(new ArrayList<>());
        }
        Vertex vertex = new Vertex(layer, width, height);
        layers.get(layer).add(vertex);
        return vertex;
    }

    private long countBends(List<Picture.Line> lines) {
        long bends = 0;
        for (Picture.Line line : lines) {
            bends += Math.abs(boxes.get(line.from()).layer - boxes.get(line.to()).layer);
        }
        return bends;
    }

    private Route route(Picture.Line line, Optional<Size> label, boolean backward, boolean bends) {
        Vertex first = boxes.get(backward ? line.to() : line.from());
        Vertex last = boxes.get(backward ? line.from() : line.to());
        List<Vertex> way = new ArrayList<>();
        Optional<Vertex> labelled = Optional.empty();
        way.add(first);
        if (first != last && bends) {
            int labelLayer = ((first.layer + last.layer) / 2) | 1;
            for (int layer = first.layer + 1; layer < last.layer; layer++) {
                Vertex bend;
                if (label.isPresent() && layer == labelLayer) {
                    bend = add(layer, label.get().width(), label.get().height());
                    labelled = Optional.of(bend);
                } else {
                    bend = add(layer, 0, 0);
                }
                bend.band = first.band == last.band ? first.band : 0;
                Vertex.connect(way.get(way.size() - 1), bend);
                way.add(bend);
            }
            Vertex.connect(way.get(way.size() - 1), last);
        }
        way.add(last);
        return new Route(backward ? way.reversed() : way, labelled);
    }

    private void spreadLayers() {
        int x = 0;
        for (int i = 0; i < layers.size(); i++) {
            int widest = 0;
            for (Vertex vertex : layers.get(i)) {
                widest = Math.max(widest, vertex.width);
                height = Math.max(height, (int) vertex.y + vertex.height / 2);
            }
            for (Vertex vertex : layers.get(i)) {
                vertex.x = x + widest / 2.0;
                vertex.span = vertex.width == 0 ? widest : vertex.width;
            }
            width = x + widest;
            x += widest + LAYER_GAP;
        }
    }

    private void frame(Bands.Span span) {
        double left = Double.MAX_VALUE;
        double right = 0;
        for (Group group : span.group().withInner()) {
            for (int box : group.boxes) {
                Vertex vertex = boxes.get(box);
                left = Math.min(left, vertex.x - vertex.width / 2.0);
                right = Math.max(right, vertex.x + vertex.width / 2.0);
            }
        }
        int depth = Bands.PADDING * span.group().height();
        int label = TextWidth.of(span.group().label, LABEL_SIZE) + 2 * Bands.PADDING;
        Frame frame =
                new Frame(
                        span.group().label,
                        left - depth,
                        span.top(),
                        Math.max(right + depth, left - depth + label),
                        span.bottom());
        frames.add(frame);
        width = Math.max(width, (int) Math.ceil(frame.right()));
        height = Math.max(height, (int) Math.ceil(frame.bottom()));
    }

    /** The frames of groups, outer ones first. */
    List<Frame> frames() {
        return frames;
    }

    Vertex box(int index) {
        return boxes.get(index);
    }

    Route route(int line) {
        return routes.get(line);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }
}
