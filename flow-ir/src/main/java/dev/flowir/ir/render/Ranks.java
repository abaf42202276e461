package dev.flowir.ir.render;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Which layer each box goes to: behind all boxes that lead to it, as near to what it leads to as
 * that allows. Lines that close a cycle are turned round for this and count backwards.
 */
final class Ranks {

    private final int[] ofBox;
    private final boolean[] backward;

    private Ranks(int[] ofBox, boolean[] backward) {
        this.ofBox = ofBox;
        this.backward = backward;
    }

    int of(int box) {
        return ofBox[box];
    }

    /** Whether line {@code line} runs against the layers. */
    boolean isBackward(int line) {
        return backward[line];
    }

    static Ranks assign(int boxes, List<Picture.Line> lines) {
        List<List<Integer>> out = new ArrayList<>();
        for (int i = 0; i < boxes; i++) {
            out.add(new ArrayList<>());
        }
        for (int i = 0; i < lines.size(); i++) {
            out.get(lines.get(i).from()).add(i);
        }
        boolean[] backward = new boolean[lines.size()];
        List<Integer> finished = finishingOrder(boxes, lines, out, backward);
        int[] rank = new int[boxes];
        for (int i = finished.size() - 1; i >= 0; i--) {
            for (int line : out.get(finished.get(i))) {
                if (!backward[line]) {
                    int to = lines.get(line).to();
                    rank[to] = Math.max(rank[to], rank[finished.get(i)] + 1);
                }
            }
        }
        pullSourcesForward(lines, backward, rank);
        return new Ranks(rank, backward);
    }

    /** Boxes in the order in which a depth-first walk leaves them; marks lines that go back. */
    private static List<Integer> finishingOrder(
            int boxes, List<Picture.Line> lines, List<List<Integer>> out, boolean[] backward) {
        List<Integer> finished = new ArrayList<>();
        int[] next = new int[boxes];
        boolean[] onPath = new boolean[boxes];
        boolean[] seen = new boolean[boxes];
        Deque<Integer> path = new ArrayDeque<>();
        for (int start = 0; start < boxes; start++) {
            if (seen[start]) {
                continue;
            }
            path.push(start);
            seen[start] = true;
            onPath[start] = true;
            while (!path.isEmpty()) {
                int box = path.element();
                if (next[box] == out.get(box).size()) {
                    path.pop();
                    onPath[box] = false;
                    finished.add(box);
                    continue;
                }
                int line = out.get(box).get(next[box]++);
                int to = lines.get(line).to();
                if (onPath[to]) {
                    backward[line] = true;
                } else if (!seen[to]) {
                    seen[to] = true;
                    onPath[to] = true;
                    path.push(to);
                }
            }
        }
        return finished;
    }

    /** A box that nothing leads to stands right before the first box that it leads to. */
    private static void pullSourcesForward(
            List<Picture.Line> lines, boolean[] backward, int[] rank) {
        int[] nearest = new int[rank.length];
        Arrays.fill(nearest, Integer.MAX_VALUE);
        boolean[] isSource = new boolean[rank.length];
        Arrays.fill(isSource, true);
        for (int i = 0; i < lines.size(); i++) {
            if (!backward[i]) {
                Picture.Line line = lines.get(i);
                isSource[line.to()] = false;
                nearest[line.from()] = Math.min(nearest[line.from()], rank[line.to()]);
            }
        }
        for (int box = 0; box < rank.length; box++) {
            if (isSource[box] && nearest[box] != Integer.MAX_VALUE) {
                rank[box] = nearest[box] - 1;
            }
        }
    }
}
