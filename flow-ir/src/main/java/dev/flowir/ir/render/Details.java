package dev.flowir.ir.render;

import dev.flowir.ir.NodeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines under the title of a box. */
final class Details {

    private Details() {}

    static List<String> of(Picture.Box box) {
        List<String> lines = new ArrayList<>();
        Optional<NodeDefinition> node = box.node();
        if (node.isEmpty()) {
            lines.add("no such node");
        } else {
            String kind = node.get().kind().wire() + " · " + words(node.get().effects().wire());
            boolean renamed = !box.title().equals(box.alias());
            lines.add(renamed ? box.alias() + " · " + kind : kind);
        }
        lines.addAll(box.notes());
        return lines;
    }

    private static String words(String wire) {
        return wire.replace('_', ' ');
    }
}
