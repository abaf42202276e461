package dev.flowir.ir.render;

import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Subflow;
import java.util.ArrayList;
import java.util.List;

/** What came into a flow together: its boxes, and further groups in it, as a tree. */
final class Group {

    /** What is written on it; empty for the flow itself. */
    final String label;

    /** Indexes of the boxes that are in no inner group. */
    final List<Integer> boxes = new ArrayList<>();

    final List<Group> inner = new ArrayList<>();
    private final List<Subflow> path;

    private Group(String label, List<Subflow> path) {
        this.label = label;
        this.path = path;
    }

    /** The flow itself, with everything in it. */
    static Group of(List<Picture.Box> boxes) {
        Group root = new Group("", List.of());
        for (int i = 0; i < boxes.size(); i++) {
            root.in(boxes.get(i).node().map(NodeDefinition::partOf).orElse(List.of())).boxes.add(i);
        }
        return root;
    }

    private Group in(List<Subflow> wanted) {
        Group at = this;
        for (int depth = 1; depth <= wanted.size(); depth++) {
            at = at.child(wanted.subList(0, depth));
        }
        return at;
    }

    private Group child(List<Subflow> wanted) {
        for (Group group : inner) {
            if (group.path.equals(wanted)) {
                return group;
            }
        }
        Subflow flow = wanted.get(wanted.size() - 1);
        Group made = new Group(label(flow), List.copyOf(wanted));
        inner.add(made);
        return made;
    }

    /** This group and all in it. */
    List<Group> withInner() {
        List<Group> all = new ArrayList<>(List.of(this));
        inner.forEach(group -> all.addAll(group.withInner()));
        return all;
    }

    /** Groups one in the other, this one counted. */
    int height() {
        int most = 0;
        for (Group group : inner) {
            most = Math.max(most, group.height());
        }
        return most + 1;
    }

    private static String label(Subflow flow) {
        return flow.alias() + ": " + flow.flow() + " " + flow.version();
    }
}
