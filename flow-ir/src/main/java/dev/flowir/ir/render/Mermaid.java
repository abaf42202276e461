package dev.flowir.ir.render;

import java.util.List;

/** A picture as a Mermaid flowchart. */
final class Mermaid {

    private Mermaid() {}

    static String draw(Picture picture) {
        StringBuilder text = new StringBuilder("---\ntitle: \"");
        text.append(frontMatter(picture.title())).append("\"\n---\nflowchart LR\n");
        group(text, picture.boxes(), picture.groups(), "g");
        for (Picture.Line line : picture.lines()) {
            text.append("  n").append(line.from()).append(line.controlled() ? " -.->" : " -->");
            if (!line.labels().isEmpty()) {
                text.append("|\"").append(escape(Labels.join(line.labels()))).append("\"|");
            }
            text.append(" n").append(line.to()).append('\n');
        }
        for (Palette colour : Palette.values()) {
            text.append("  classDef ")
                    .append(colour.className())
                    .append(" fill:")
                    .append(colour.fill())
                    .append(",stroke:")
                    .append(colour.stroke())
                    .append(",color:")
                    .append(Palette.INK);
            if (colour == Palette.UNKNOWN) {
                text.append(",stroke-dasharray:4 3");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void group(StringBuilder text, List<Picture.Box> boxes, Group group, String id) {
        group.boxes.forEach(box -> box(text, box, boxes.get(box)));
        for (int i = 0; i < group.inner.size(); i++) {
            Group inner = group.inner.get(i);
            String innerId = id + "_" + i;
            text.append("  subgraph ").append(innerId).append("[\"");
            text.append(escape(Labels.line(inner.label))).append("\"]\n");
            group(text, boxes, inner, innerId);
            text.append("  end\n");
        }
    }

    private static void box(StringBuilder text, int index, Picture.Box box) {
        String[] shape =
                switch (box.kind()) {
                    case TRIGGER -> new String[] {"([\"", "\"])"};
                    case INLINE -> new String[] {"[\"", "\"]"};
                    case ACTIVITY -> new String[] {"{{\"", "\"}}"};
                    case SUBFLOW -> new String[] {"[[\"", "\"]]"};
                };
        text.append("  n").append(index).append(shape[0]);
        text.append(escape(Labels.line(box.title())));
        for (String line : Details.of(box)) {
            text.append("<br/>").append(escape(Labels.line(line)));
        }
        text.append(shape[1]).append(":::").append(Palette.of(box).className()).append('\n');
    }

    /** Everything but letters, digits and blanks as a numeric entity, which Mermaid writes #n;. */
    private static String escape(String label) {
        StringBuilder escaped = new StringBuilder();
        label.codePoints()
                .forEach(point -> {
                    if (Character.isLetterOrDigit(point) || point == ' ') {
                        escaped.appendCodePoint(point);
                    } else {
                        escaped.append('#').append(point).append(';');
                    }
                });
        return escaped.toString();
    }

    private static String frontMatter(String title) {
        return Labels.line(title).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
