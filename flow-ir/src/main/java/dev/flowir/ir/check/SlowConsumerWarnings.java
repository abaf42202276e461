package dev.flowir.ir.check;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import java.util.List;

/** Whether there can be a consumer where a node says what becomes of slow ones. */
final class SlowConsumerWarnings {

    private SlowConsumerWarnings() {}

    static void check(Scope scope) {
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            NodeDefinition node = nodes.get(i);
            if (node.slowConsumer().isEmpty()) {
                continue;
            }
            for (EdgeDefinition edge : scope.flow().edges()) {
                if (edge.from().equals(node.alias())) {
                    scope.report(
                            Codes.CTRL149,
                            "/nodes/" + i + "/slow_consumer",
                            "node "
                                    + Names.quote(node.alias())
                                    + " leads to "
                                    + Names.quote(edge.to())
                                    + ", so what it gives is no stream");
                    break;
                }
            }
        }
    }
}
