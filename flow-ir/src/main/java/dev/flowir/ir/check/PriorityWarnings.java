package dev.flowir.ir.check;

import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Precedence;
import java.util.List;

/** Whether the order of what waits for a node is one that can be kept, and orders anything. */
final class PriorityWarnings {

    private PriorityWarnings() {}

    static void check(Scope scope) {
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).priority().isPresent()) {
                check(scope, nodes.get(i), nodes.get(i).priority().get(), "/nodes/" + i);
            }
        }
    }

    private static void check(Scope scope, NodeDefinition node, Precedence asked, String place) {
        if (!asked.isInRange()) {
            scope.report(
                    Codes.CTRL154,
                    place + "/priority",
                    "the priority of "
                            + Names.quote(node.alias())
                            + " goes by '"
                            + asked.pointer()
                            + "', else "
                            + asked.otherwise()
                            + ", the oldest every "
                            + asked.oldestEvery());
        } else if (node.concurrency().isEmpty() && !Precedence.ordersEdges(scope.flow(), node)) {
            scope.report(
                    Codes.CTRL155,
                    place + "/priority",
                    "nothing waits by the priority of " + Names.quote(node.alias()));
        }
    }
}
