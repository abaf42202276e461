package dev.flowir.ir.render;

import java.util.List;

/**
 * Moves vertices along their layer towards their neighbours without changing their order: each
 * layer in turn gets the places nearest to the wished ones, in least squares, that keep the gaps
 * (isotonic regression by pooling adjacent violators).
 */
final class Spacing {

    private static final int SWEEPS = 8;

    /** Empty pixels between two boxes of a layer. */
    private static final int GAP = 24;

    private Spacing() {}

    static void place(List<List<Vertex>> layers) {
        for (List<Vertex> layer : layers) {
            double y = 0;
            for (Vertex vertex : layer) {
                vertex.y = y + vertex.height / 2.0;
                y += vertex.height + GAP;
            }
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean forward = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                settle(layers.get(forward ? i : layers.size() - 1 - i), forward);
            }
        }
        double top = 0;
        for (List<Vertex> layer : layers) {
            for (Vertex vertex : layer) {
                top = Math.min(top, vertex.y - vertex.height / 2.0);
            }
        }
        for (List<Vertex> layer : layers) {
            for (Vertex vertex : layer) {
                vertex.y = Math.round(vertex.y - top);
            }
        }
    }

    private static void settle(List<Vertex> layer, boolean byBefore) {
        int size = layer.size();
        double[] offset = new double[size];
        double[] wished = new double[size];
        for (int i = 0; i < size; i++) {
            Vertex vertex = layer.get(i);
            offset[i] = i == 0 ? 0 : offset[i - 1] + distance(layer.get(i - 1), vertex);
            wished[i] = middle(vertex, byBefore) - offset[i];
        }
        double[] settled = isotonic(wished);
        for (int i = 0; i < size; i++) {
            layer.get(i).y = settled[i] + offset[i];
        }
    }

    private static double distance(Vertex above, Vertex below) {
        return (above.height + below.height) / 2.0 + GAP;
    }

    private static double middle(Vertex vertex, boolean byBefore) {
        List<Vertex> neighbours = byBefore ? vertex.before : vertex.after;
        double sum = 0;
        int count = 0;
        for (Vertex neighbour : neighbours) {
            if (neighbour.band == vertex.band) {
                sum += neighbour.y;
                count++;
            }
        }
        return count == 0 ? vertex.y : sum / count;
    }

    /** The non-decreasing sequence nearest to {@code wished} in least squares. */
    static double[] isotonic(double[] wished) {
        int size = wished.length;
        double[] mean = new double[size];
        int[] count = new int[size];
        int blocks = 0;
        for (double wish : wished) {
            mean[blocks] = wish;
            count[blocks] = 1;
            blocks++;
            while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1]) {
                int total = count[blocks - 2] + count[blocks - 1];
                mean[blocks - 2] =
                        (mean[blocks - 2] * count[blocks - 2]
                                        + mean[blocks - 1] * count[blocks - 1])
                                / total;
                count[blocks - 2] = total;
                blocks--;
            }
        }
        double[] result = new double[size];
        int at = 0;
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < count[block]; i++) {
                result[at++] = mean[block];
            }
        }
        return result;
    }
}
