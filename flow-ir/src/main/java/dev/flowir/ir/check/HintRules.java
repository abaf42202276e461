package dev.flowir.ir.check;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.NodeDefinition;
import java.util.List;
import java.util.Optional;

/** Rules that compare hints with what a node declares and with what capabilities exist. */
final class HintRules {

    private static final String RESOURCE = "resource::";

    private HintRules() {}

    static void effects(Scope scope) {
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            NodeDefinition node = nodes.get(i);
            for (int h = 0; h < node.effectHints().size(); h++) {
                String hint = node.effectHints().get(h);
                Optional<Effects> minimum = scope.hints().effectMinimum(hint);
                if (minimum.isPresent() && !node.effects().satisfies(minimum.get())) {
                    scope.report(
                            Codes.EFFECT201,
                            "/nodes/" + i + "/effectHints/" + h,
                            conflict(
                                    node,
                                    node.effects().label(),
                                    hint,
                                    minimum.get().label() + " effects"),
                            "declare effects "
                                    + minimum.get().wire()
                                    + ", or drop the hint when the node does not use it");
                }
            }
        }
    }

    static void determinism(Scope scope) {
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            NodeDefinition node = nodes.get(i);
            for (int h = 0; h < node.determinismHints().size(); h++) {
                String hint = node.determinismHints().get(h);
                Optional<Determinism> minimum = scope.hints().determinismMinimum(hint);
                if (minimum.isPresent() && !node.determinism().satisfies(minimum.get())) {
                    scope.report(
                            Codes.DET302,
                            "/nodes/" + i + "/determinismHints/" + h,
                            conflict(
                                    node,
                                    node.determinism().label(),
                                    hint,
                                    minimum.get().label() + " determinism"),
                            "declare determinism "
                                    + minimum.get().wire()
                                    + ", or drop the hint when the node does not depend on it");
                }
            }
        }
    }

    /** Warns of effect hints that no capability can be bound to. */
    static void bindable(Scope scope) {
        List<NodeDefinition> nodes = scope.flow().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            List<String> effectHints = nodes.get(i).effectHints();
            for (int h = 0; h < effectHints.size(); h++) {
                String hint = effectHints.get(h);
                if (hint.startsWith(RESOURCE) && !scope.hints().isBindable(hint)) {
                    scope.report(
                            Codes.HINT101,
                            "/nodes/" + i + "/effectHints/" + h,
                            "node "
                                    + Names.quote(nodes.get(i).alias())
                                    + " has effect hint "
                                    + Names.quote(hint)
                                    + ", which no known capability offers",
                            scope.nearest(hint, scope.hints().bindableHints(), Codes.HINT101));
                }
            }
        }
    }

    /** Whether some node has an effect hint that starts with {@code prefix}. */
    static boolean anyEffectHint(List<NodeDefinition> nodes, String prefix) {
        for (NodeDefinition node : nodes) {
            if (hasEffectHint(node, prefix)) {
                return true;
            }
        }
        return false;
    }

    static boolean hasEffectHint(NodeDefinition node, String prefix) {
        for (String hint : node.effectHints()) {
            if (hint.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static String conflict(
            NodeDefinition node, String declared, String hint, String needed) {
        return "node "
                + Names.quote(node.alias())
                + " declares "
                + declared
                + " but its hint "
                + Names.quote(hint)
                + " needs at least "
                + needed;
    }
}
