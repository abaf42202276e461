package dev.flowir.ir.render;

import java.util.ArrayList;
import java.util.List;

/**
 * The way of a line as SVG path data: curves that leave and enter boxes and labels level, and pass
 * bends without swinging beyond them (slopes as in monotone cubic interpolation, Fritsch and
 * Butland, 1984).
 */
final class SvgPath {

    private record Point(double x, double y, boolean level) {}

    private SvgPath() {}

    static String of(Layout.Route route) {
        List<Vertex> way = route.way();
        Vertex first = way.get(0);
        Vertex last = way.get(way.size() - 1);
        if (first == last) {
            return loop(first);
        }
        List<Point> points = points(way, first.x <= last.x ? 1 : -1);
        StringBuilder path = new StringBuilder();
        path.append('M').append(at(points.get(0).x(), points.get(0).y()));
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            double third = (to.x() - from.x()) / 3;
            path.append('C').append(at(from.x() + third, from.y() + third * slope(points, i - 1)));
            path.append(' ').append(at(to.x() - third, to.y() - third * slope(points, i)));
            path.append(' ').append(at(to.x(), to.y()));
        }
        return path.toString();
    }

    /** The sides of boxes and labels where the line leaves and enters, and the bends. */
    private static List<Point> points(List<Vertex> way, int side) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < way.size(); i++) {
            Vertex vertex = way.get(i);
            double reach = side * vertex.span / 2.0;
            if (vertex.span == 0) {
                points.add(new Point(vertex.x, vertex.y, false));
                continue;
            }
            if (i > 0) {
                points.add(new Point(vertex.x - reach, vertex.y, true));
            }
            if (i < way.size() - 1) {
                points.add(new Point(vertex.x + reach, vertex.y, true));
            }
        }
        return points;
    }

    private static double slope(List<Point> points, int i) {
        if (points.get(i).level()) {
            return 0;
        }
        double before = secant(points.get(i - 1), points.get(i));
        double after = secant(points.get(i), points.get(i + 1));
        return before * after <= 0 ? 0 : 2 * before * after / (before + after);
    }

    private static double secant(Point from, Point to) {
        return from.x() == to.x() ? 0 : (to.y() - from.y()) / (to.x() - from.x());
    }

    private static String loop(Vertex box) {
        double top = box.y - box.height / 2.0;
        return "M"
                + at(box.x + 16, top)
                + "C"
                + at(box.x + 26, top - 22)
                + " "
                + at(box.x - 26, top - 22)
                + " "
                + at(box.x - 16, top);
    }

    private static String at(double x, double y) {
        return Math.round(x) + " " + Math.round(y);
    }
}
