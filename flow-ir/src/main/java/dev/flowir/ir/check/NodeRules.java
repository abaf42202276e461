package dev.flowir.ir.check;

import dev.flowir.ir.Effects;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.NodeKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules about single nodes: aliases, triggers, idempotency keys. */
final class NodeRules {

    private NodeRules() {}

    static void duplicateAliases(Scope scope) {
        Map<String, Integer> first = new HashMap<>();
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            String alias = nodes.get(i).alias();
            Integer earlier = first.putIfAbsent(alias, i);
            if (earlier != null) {
                scope.report(
                        Codes.DAG205,
                        "/nodes/" + i + "/alias",
                        "alias " + Names.quote(alias) + " is already used by node " + earlier);
            }
        }
    }

    static void triggers(Scope scope) {
        if (scope.flow().policies().allowMultipleTriggers().orElse(false)) {
            return;
        }
        List<NodeDefinition> nodes = scope.flow().nodes();
        int count = 0;
        int second = 0;
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).kind() == NodeKind.TRIGGER) {
                count++;
                second = count == 2 ? i : second;
            }
        }
        if (count > 1) {
            scope.report(
                    Codes.DAG104,
                    "/nodes/" + second + "/kind",
                    "the flow has " + count + " trigger nodes, where one is allowed");
        }
    }

    static void idempotency(Scope scope) {
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            NodeDefinition node = nodes.get(i);
            if (node.effects() == Effects.EFFECTFUL && node.idempotency().key().isEmpty()) {
                scope.report(
                        Codes.DAG004,
                        "/nodes/" + i + "/effects",
                        "node "
                                + Names.quote(node.alias())
                                + " is effectful and has no idempotency.key");
            }
        }
    }
}
