package dev.flowir.ir.check;

import dev.flowir.ir.Concurrency;
import dev.flowir.ir.NodeDefinition;
import java.util.List;

/** Whether a bound on bodies at a time is one that can be kept. */
final class ConcurrencyWarnings {

    private ConcurrencyWarnings() {}

    static void check(Scope scope) {
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            NodeDefinition node = nodes.get(i);
            if (node.concurrency().isPresent() && !node.concurrency().get().isInRange()) {
                scope.report(
                        Codes.CTRL152,
                        "/nodes/" + i + "/concurrency/limit",
                        Names.quote(node.alias())
                                + " may run "
                                + node.concurrency().get().limit()
                                + " bodies at a time; 1 to "
                                + Concurrency.MAX
                                + " can");
            }
        }
    }
}
