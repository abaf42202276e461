package dev.flowir.ir.check;

import dev.flowir.ir.FanIn;
import dev.flowir.ir.NodeDefinition;
import java.util.List;

/** Whether there is something to meet where items meet in another way than by input. */
final class FanInWarnings {

    private FanInWarnings() {}

    private static void keyed(Scope scope, String place, NodeDefinition node, FanIn.Keyed how) {
        String subject = "keyed " + Names.quote(node.alias()) + ": ";
        if (node.join().size() != 2 || how.keys().size() != 2) {
            String counts = how.keys().size() + " keys for " + node.join().size() + " nodes";
            scope.report(Codes.CTRL148, place, subject + counts);
            return;
        }
        for (String key : how.keys()) {
            if (!Pointers.isLegal(key)) {
                String pointer = "key " + Names.quote(key) + " must be empty or start with '/'";
                scope.report(Codes.CTRL148, place, subject + pointer);
            }
        }
    }

    static void check(Scope scope) {
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            NodeDefinition node = nodes.get(i);
            if (node.fanIn().isPresent() && node.join().size() < 2) {
                scope.report(
                        Codes.CTRL144,
                        "/nodes/" + i + "/fan_in",
                        node.fanIn().get().kind()
                                + " "
                                + Names.quote(node.alias())
                                + ": join names "
                                + (node.join().isEmpty() ? "no node" : "one node"));
            } else if (node.fanIn().orElse(null) instanceof FanIn.Keyed keyed) {
                keyed(scope, "/nodes/" + i + "/fan_in", node, keyed);
            }
        }
    }
}
