package dev.flowir.ir.render;

import dev.flowir.ir.NodeKind;

/** A picture in the DOT language of Graphviz. */
final class Dot {

    private Dot() {}

    static String draw(Picture picture) {
        StringBuilder text = new StringBuilder("digraph flow {\n");
        text.append("  label=").append(quote(picture.title())).append(";\n");
        text.append("  labelloc=t;\n  rankdir=LR;\n");
        text.append("  node [fontname=\"sans-serif\", fontsize=11];\n");
        text.append("  edge [fontname=\"sans-serif\", fontsize=9];\n");
        group(text, picture, picture.groups(), "g");
        for (Picture.Line line : picture.lines()) {
            text.append("  ").append(id(picture, line.from()));
            text.append(" -> ").append(id(picture, line.to()));
            if (!line.labels().isEmpty() || line.controlled()) {
                text.append(" [label=").append(quote(Labels.join(line.labels())));
                text.append(line.controlled() ? ", style=dashed]" : "]");
            }
            text.append(";\n");
        }
        return text.append("}\n").toString();
    }

    private static void group(StringBuilder text, Picture picture, Group group, String id) {
        group.boxes.forEach(box -> box(text, picture.boxes().get(box)));
        for (int i = 0; i < group.inner.size(); i++) {
            Group inner = group.inner.get(i);
            String innerId = id + "_" + i;
            text.append("  subgraph cluster_").append(innerId).append(" {\n");
            text.append("  label=").append(quote(inner.label)).append(";\n");
            group(text, picture, inner, innerId);
            text.append("  }\n");
        }
    }

    private static void box(StringBuilder text, Picture.Box box) {
        StringBuilder label = new StringBuilder(label(box.title()));
        for (String line : Details.of(box)) {
            label.append("\\n").append(label(line));
        }
        Palette colour = Palette.of(box);
        text.append("  \"").append(escape(Labels.whole(box.alias())));
        text.append("\" [label=\"").append(label);
        text.append("\", shape=").append(shape(box));
        if (box.kind() == NodeKind.SUBFLOW) {
            text.append(", peripheries=2");
        }
        text.append(", style=\"")
                .append(colour == Palette.UNKNOWN ? "dashed" : "filled,rounded")
                .append("\", fillcolor=\"")
                .append(colour.fill())
                .append("\", color=\"")
                .append(colour.stroke())
                .append("\"];\n");
    }

    private static String shape(Picture.Box box) {
        return switch (box.kind()) {
            case TRIGGER -> "oval";
            case INLINE, SUBFLOW -> "box";
            case ACTIVITY -> "hexagon";
        };
    }

    private static String id(Picture picture, int box) {
        return '"' + escape(Labels.whole(picture.boxes().get(box).alias())) + '"';
    }

    private static String quote(String text) {
        return '"' + label(text) + '"';
    }

    /** Labels, unlike ids, have their entities replaced by Graphviz. */
    private static String label(String text) {
        return escape(Labels.line(text).replace("&", "&amp;"));
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
