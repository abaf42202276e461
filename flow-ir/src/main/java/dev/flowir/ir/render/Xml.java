package dev.flowir.ir.render;

/** Text in XML. */
final class Xml {

    private Xml() {}

    /** {@code text} as character data or attribute value. */
    static String text(String text) {
        return Labels.whole(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** An SVG text element. */
    static void label(
            StringBuilder out,
            long x,
            long y,
            int size,
            String anchor,
            String colour,
            String content) {
        out.append("<text x=\"").append(x).append("\" y=\"").append(y);
        out.append("\" font-size=\"").append(size);
        out.append("\" text-anchor=\"").append(anchor);
        out.append("\" fill=\"").append(colour).append("\">");
        out.append(text(content)).append("</text>\n");
    }
}
