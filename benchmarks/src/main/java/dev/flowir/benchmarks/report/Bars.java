package dev.flowir.benchmarks.report;

import dev.flowir.benchmarks.Peers;
import java.util.List;
import java.util.Locale;

/** Horizontal bars on a logarithmic axis, as SVG: one per contender. */
public final class Bars {

    private static final int ROW = 22;
    private static final int LABELS = 250;
    private static final int WIDTH = 420;
    private static final int VALUES = 110;
    private static final int TOP = 34;

    /** Whose bar it is. */
    public enum Kind {
        /** What we made. */
        OURS("#1f6feb"),
        /** What others made. */
        PEER("#d29922"),
        /** What nobody can pass. */
        BOUND("#b0b7bf");

        private final String colour;

        Kind(String colour) {
            this.colour = colour;
        }
    }

    /**
     * One bar.
     *
     * @param label who
     * @param nanos time of an item in nanoseconds
     * @param kind whose it is
     */
    public record Bar(String label, double nanos, Kind kind) {}

    private Bars() {}

    static String svg(Comparison comparison, String item) {
        List<Bar> rows =
                comparison.rows().stream()
                        .map(row -> new Bar(row.peer(), row.nanos(), kind(row.peer())))
                        .toList();
        return svg(comparison.title(), item, rows);
    }

    /**
     * A picture.
     *
     * @param title what was measured
     * @param item what the time is of
     * @param rows one or more, the shortest first
     * @return SVG
     */
    public static String svg(String title, String item, List<Bar> rows) {
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
                        escaped(title),
                        escaped(item)));
        for (int i = 0; i < rows.size(); i++) {
            Bar row = rows.get(i);
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
                            escaped(row.label()),
                            LABELS,
                            y + 2,
                            length,
                            ROW - 6,
                            row.kind().colour,
                            LABELS + length + 6,
                            y + 14,
                            Numbers.time(row.nanos())));
        }
        return svg.append("</svg>\n").toString();
    }

    private static Kind kind(String peer) {
        if (Peers.isOurs(peer)) {
            return Kind.OURS;
        }
        return Peers.isLoop(peer) ? Kind.BOUND : Kind.PEER;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
