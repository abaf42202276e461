package dev.flowir.ir.render;

import java.util.List;

/** One box of an SVG: its shape says its kind, its colour its effects, its text both. */
final class SvgBox {

    private final StringBuilder out;
    private final Picture.Box box;
    private final long left;
    private final long top;
    private final int width;
    private final int height;
    private final Palette colour;

    SvgBox(StringBuilder out, Picture.Box box, Vertex place) {
        this.out = out;
        this.box = box;
        this.left = Math.round(place.x - place.width / 2.0);
        this.top = Math.round(place.y - place.height / 2.0);
        this.width = place.width;
        this.height = place.height;
        this.colour = Palette.of(box);
    }

    void draw() {
        out.append("<g><title>").append(Xml.text(box.alias()));
        box.node().flatMap(node -> node.summary()).ifPresent(summary -> tooltip(": " + summary));
        out.append("</title>");
        switch (box.kind()) {
            case TRIGGER -> rect(0, height / 2);
            case INLINE -> rect(0, 8);
            case ACTIVITY -> hexagon();
            case SUBFLOW -> {
                rect(0, 2);
                rect(5, 2);
            }
        }
        long middle = left + width / 2;
        long y = top + 23;
        Xml.label(out, middle, y, 13, "middle", Palette.INK, Labels.line(box.title()));
        List<String> details = Details.of(box);
        for (String line : details) {
            y += 15;
            Xml.label(out, middle, y, 11, "middle", Palette.MUTED, Labels.line(line));
        }
        out.append("</g>\n");
    }

    private void tooltip(String text) {
        out.append(Xml.text(text));
    }

    private void rect(int inset, int radius) {
        out.append("<rect x=\"").append(left + inset).append("\" y=\"").append(top);
        out.append("\" width=\"").append(width - 2 * inset);
        out.append("\" height=\"").append(height).append("\" rx=\"").append(radius);
        paint();
    }

    private void hexagon() {
        long right = left + width;
        long bottom = top + height;
        long middle = top + height / 2;
        out.append("<path d=\"M").append(left + 12).append(' ').append(top);
        out.append('H').append(right - 12).append('L').append(right).append(' ').append(middle);
        out.append('L').append(right - 12).append(' ').append(bottom);
        out.append('H').append(left + 12).append('L').append(left).append(' ').append(middle);
        out.append("z");
        paint();
    }

    private void paint() {
        out.append("\" fill=\"").append(colour.fill()).append("\" stroke=\"");
        out.append(colour.stroke()).append("\" stroke-width=\"1.5\"");
        if (colour == Palette.UNKNOWN) {
            out.append(" stroke-dasharray=\"4 3\"");
        }
        out.append("/>");
    }
}
