package dev.flowir.benchmarks.report;

import dev.flowir.benchmarks.Peers;
import java.util.List;
import java.util.Locale;

/** Horizontal bars on a logarithmic axis, as SVG: one per contender, cheapest first. */
final class Bars {

    private static final int ROW = 22;
    private static final int LABELS = 250;
    private static final int WIDTH = 420;
    private static final int VALUES = 110;
    private static final int TOP = 34;

    private Bars() {}

    static String svg(Comparison comparison, String item) {
        List<Measurement> rows = comparison.rows();
        double least = rows.get(0).nanos() / 1.6;
        double span = Math.log(rows.get(rows.size() - 1).nanos() / least);
        int height = TOP + rows.size() * ROW + 10;
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                + " font-family=\"sans-serif\" font-size=\"13\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                                + "<text x=\"8\" y=\"20\" font-weight=\"bold\">%s: time per %s,"
                                + " logarithmic, shorter is better</text>%n",
                        LABELS + WIDTH + VALUES,
                        height,
                        escaped(comparison.title()),
                        escaped(item)));
        for (int i = 0; i < rows.size(); i++) {
            Measurement row = rows.get(i);
            int y = TOP + i * ROW;
            double length = span == 0 ? WIDTH : WIDTH * Math.log(row.nanos() / least) / span;
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                                    + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\""
                                    + " fill=\"%s\"/><text x=\"%.1f\" y=\"%d\">%s</text>%n",
                            LABELS - 6,
                            y + 14,
                            escaped(row.peer()),
                            LABELS,
                            y + 2,
                            length,
                            ROW - 6,
                            colour(row.peer()),
                            LABELS + length + 6,
                            y + 14,
                            Numbers.time(row.nanos())));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String colour(String peer) {
        if (Peers.isOurs(peer)) {
            return "#1f6feb";
        }
        return Peers.isLoop(peer) ? "#b0b7bf" : "#d29922";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
