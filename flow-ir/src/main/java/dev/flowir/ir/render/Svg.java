package dev.flowir.ir.render;

import dev.flowir.ir.Effects;
import dev.flowir.ir.NodeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A picture as an SVG document that needs nothing else: no script, no font, no style sheet. */
final class Svg {

    private static final int MARGIN = 24;
    private static final int TITLE_HEIGHT = 34;
    private static final int LEGEND_HEIGHT = 30;
    private static final int LINE_HEIGHT = 15;
    private static final int BOX_PADDING = 12;
    private static final int LABEL_SIZE = 11;
    private static final int TITLE_SIZE = 13;

    private final StringBuilder out = new StringBuilder();
    private final Picture picture;
    private final List<Picture.Line> lines;
    private final Layout layout;

    private Svg(Picture picture) {
        this.picture = picture;
        this.lines = picture.lines();
        List<Layout.Size> sizes = new ArrayList<>();
        for (Picture.Box box : picture.boxes()) {
            sizes.add(sizeOf(box));
        }
        List<Optional<Layout.Size>> labels = new ArrayList<>();
        for (Picture.Line line : lines) {
            labels.add(
                    line.labels().isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new Layout.Size(
                                            TextWidth.of(Labels.join(line.labels()), LABEL_SIZE)
                                                    + 10,
                                            18)));
        }
        this.layout = Layout.of(sizes, lines, labels, picture.groups());
    }

    static String draw(Picture picture) {
        return new Svg(picture).document();
    }

    private static Layout.Size sizeOf(Picture.Box box) {
        int width = TextWidth.of(Labels.line(box.title()), TITLE_SIZE);
        List<String> details = Details.of(box);
        for (String line : details) {
            width = Math.max(width, TextWidth.of(Labels.line(line), LABEL_SIZE));
        }
        int height = 20 + LINE_HEIGHT * details.size() + 14;
        int roundEnds = box.kind() == NodeKind.INLINE ? 0 : 14;
        return new Layout.Size(Math.max(width, 60) + 2 * (BOX_PADDING + roundEnds), height);
    }

    private String document() {
        int width = Math.max(layout.width(), 420) + 2 * MARGIN;
        int height = layout.height() + 2 * MARGIN + TITLE_HEIGHT + LEGEND_HEIGHT;
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
        out.append("\" height=\"").append(height);
        out.append("\" viewBox=\"0 0 ").append(width).append(' ').append(height);
        out.append("\" role=\"img\" aria-labelledby=\"title desc\"");
        out.append(" font-family=\"system-ui, sans-serif\">\n");
        out.append("<title id=\"title\">").append(Xml.text(picture.title())).append("</title>\n");
        out.append("<desc id=\"desc\">").append(Xml.text(description())).append("</desc>\n");
        out.append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\"");
        out.append(" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto-start-reverse\">");
        out.append("<path d=\"M0 0L8 4L0 8z\" fill=\"").append(Palette.MUTED);
        out.append("\"/></marker></defs>\n");
        out.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text(MARGIN, MARGIN + 6, 16, "start", Palette.INK, Labels.line(picture.title()));
        out.append("<g transform=\"translate(").append(MARGIN).append(' ');
        out.append(MARGIN + TITLE_HEIGHT).append(")\">\n");
        layout.frames().forEach(this::frame);
        for (int i = 0; i < lines.size(); i++) {
            line(lines.get(i), layout.route(i));
        }
        for (int i = 0; i < picture.boxes().size(); i++) {
            new SvgBox(out, picture.boxes().get(i), layout.box(i)).draw();
        }
        for (int i = 0; i < lines.size(); i++) {
            label(lines.get(i), layout.route(i));
        }
        out.append("</g>\n");
        legend(height - MARGIN);
        return out.append("</svg>\n").toString();
    }

    private String description() {
        StringBuilder text = new StringBuilder();
        text.append(picture.boxes().size()).append(" nodes. ");
        for (Picture.Line line : lines) {
            text.append(picture.boxes().get(line.from()).alias())
                    .append(" to ")
                    .append(picture.boxes().get(line.to()).alias());
            if (!line.labels().isEmpty()) {
                text.append(" (").append(Labels.join(line.labels())).append(')');
            }
            text.append("; ");
        }
        return text.toString().strip();
    }

    private void frame(Layout.Frame frame) {
        long left = Math.round(frame.left());
        long top = Math.round(frame.top());
        out.append("<rect x=\"").append(left).append("\" y=\"").append(top);
        out.append("\" width=\"").append(Math.round(frame.right()) - left);
        out.append("\" height=\"").append(Math.round(frame.bottom()) - top);
        out.append("\" rx=\"8\" fill=\"none\" stroke=\"").append(Palette.MUTED);
        out.append("\"/>");
        String label = Labels.line(frame.label());
        text(left + 10, top + 17, LABEL_SIZE, "start", Palette.MUTED, label);
        out.append('\n');
    }

    private void line(Picture.Line line, Layout.Route route) {
        out.append("<path d=\"").append(SvgPath.of(route));
        out.append("\" fill=\"none\" stroke=\"").append(Palette.MUTED);
        out.append("\" stroke-width=\"1.5\"");
        if (line.controlled()) {
            out.append(" stroke-dasharray=\"6 4\"");
        }
        out.append(" marker-end=\"url(#arrow)\"/>\n");
    }

    private void label(Picture.Line line, Layout.Route route) {
        if (line.labels().isEmpty()) {
            return;
        }
        String label = Labels.join(line.labels());
        int width = TextWidth.of(label, LABEL_SIZE) + 8;
        Vertex first = route.way().get(0);
        Vertex last = route.way().get(route.way().size() - 1);
        double x = route.label().map(at -> at.x).orElse((first.x + last.x) / 2);
        double y = route.label().map(at -> at.y).orElse((first.y + last.y) / 2);
        if (first == last) {
            x = first.x + 26 + width / 2.0;
            y = first.y - first.height / 2.0 - 12;
        }
        out.append("<rect x=\"").append(Math.round(x - width / 2.0));
        out.append("\" y=\"").append(Math.round(y - 9)).append("\" width=\"").append(width);
        out.append("\" height=\"18\" rx=\"4\" fill=\"#ffffff\"/>");
        text(Math.round(x), Math.round(y + 4), LABEL_SIZE, "middle", Palette.INK, label);
    }

    private void legend(int y) {
        int x = MARGIN;
        for (Effects effects : Effects.values()) {
            Palette colour = Palette.of(effects);
            out.append("<rect x=\"").append(x).append("\" y=\"").append(y - 11);
            out.append("\" width=\"14\" height=\"14\" rx=\"3\" fill=\"").append(colour.fill());
            out.append("\" stroke=\"").append(colour.stroke()).append("\"/>");
            String word = effects.wire().replace('_', ' ');
            text(x + 20, y, LABEL_SIZE, "start", Palette.MUTED, word);
            x += 34 + TextWidth.of(word, LABEL_SIZE);
        }
        out.append("<path d=\"M").append(x).append(' ').append(y - 4).append("h26\" stroke=\"");
        out.append(Palette.MUTED).append("\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/>");
        text(x + 32, y, LABEL_SIZE, "start", Palette.MUTED, "decided by a control surface");
    }

    private void text(long x, long y, int size, String anchor, String colour, String content) {
        Xml.label(out, x, y, size, anchor, colour, content);
    }
}
