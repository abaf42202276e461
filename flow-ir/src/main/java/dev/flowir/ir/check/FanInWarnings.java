package dev.flowir.ir.check;

import dev.flowir.ir.NodeDefinition;
import java.util.List;

/** Whether there is something to meet where items meet in another way than by input. */
final class FanInWarnings {

    private FanInWarnings() {}

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
            }
        }
    }
}
