package dev.flowir.ir.render;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders the vertices of each layer so that few lines cross: sweeps over the layers, sorting each
 * by the mean place of its neighbours (the barycentre method of Sugiyama, Tagawa and Toda, 1981),
 * and keeps the best order seen.
 */
final class Ordering {

    private static final int SWEEPS = 12;

    /** Above this many vertices crossings are not counted, only swept a few times. */
    private static final int MAX_COUNTED = 2_000;

    private Ordering() {}

    static void reduceCrossings(List<List<Vertex>> layers) {
        int vertices = 0;
        for (List<Vertex> layer : layers) {
            vertices += layer.size();
            number(layer);
        }
        boolean counted = vertices <= MAX_COUNTED;
        long best = counted ? crossings(layers) : Long.MAX_VALUE;
        Map<Vertex, Integer> bestOrder = orders(layers);
        for (int sweep = 0; sweep < (counted ? SWEEPS : 2) && best > 0; sweep++) {
            boolean forward = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                sort(layers.get(forward ? i : layers.size() - 1 - i), forward);
            }
            long now = counted ? crossings(layers) : 1;
            if (now < best || !counted) {
                best = now;
                bestOrder = orders(layers);
            }
        }
        Map<Vertex, Integer> kept = bestOrder;
        for (List<Vertex> layer : layers) {
            layer.sort(Comparator.comparingInt(kept::get));
            number(layer);
        }
    }

    private static void sort(List<Vertex> layer, boolean byBefore) {
        Map<Vertex, Double> middle = new HashMap<>();
        for (Vertex vertex : layer) {
            List<Vertex> neighbours = byBefore ? vertex.before : vertex.after;
            double sum = 0;
            for (Vertex neighbour : neighbours) {
                sum += neighbour.order;
            }
            middle.put(vertex, neighbours.isEmpty() ? vertex.order : sum / neighbours.size());
        }
        layer.sort(Comparator.comparingDouble(middle::get));
        number(layer);
    }

    private static void number(List<Vertex> layer) {
        for (int i = 0; i < layer.size(); i++) {
            layer.get(i).order = i;
        }
    }

    private static Map<Vertex, Integer> orders(List<List<Vertex>> layers) {
        Map<Vertex, Integer> orders = new HashMap<>();
        for (List<Vertex> layer : layers) {
            for (Vertex vertex : layer) {
                orders.put(vertex, vertex.order);
            }
        }
        return orders;
    }

    /** Pairs of lines that cross between neighbouring layers, by counting inversions. */
    static long crossings(List<List<Vertex>> layers) {
        long crossings = 0;
        for (List<Vertex> layer : layers) {
            int width = 0;
            for (Vertex vertex : layer) {
                for (Vertex to : vertex.after) {
                    width = Math.max(width, to.order + 1);
                }
            }
            long[] seenUpTo = new long[width + 1];
            long seen = 0;
            for (Vertex vertex : layer) {
                for (Vertex to : vertex.after) {
                    crossings += seen - sumUpTo(seenUpTo, to.order);
                }
                for (Vertex to : vertex.after) {
                    add(seenUpTo, to.order);
                    seen++;
                }
            }
        }
        return crossings;
    }

    /** A Fenwick tree: how many ends were seen at or before {@code order}. */
    private static long sumUpTo(long[] tree, int order) {
        long sum = 0;
        for (int i = order + 1; i > 0; i -= i & -i) {
            sum += tree[i];
        }
        return sum;
    }

    private static void add(long[] tree, int order) {
        for (int i = order + 1; i < tree.length; i += i & -i) {
            tree[i]++;
        }
    }
}
