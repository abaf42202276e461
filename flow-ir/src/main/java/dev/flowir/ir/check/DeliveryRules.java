package dev.flowir.ir.check;

import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What an exactly-once edge needs from its target. */
final class DeliveryRules {

    /** Least time in milliseconds that a key is remembered; the reference's floor. */
    static final long MIN_TTL_MILLIS = 300_000;

    private static final String DEDUPE = "resource::dedupe";

    private DeliveryRules() {}

    static void exactlyOnce(Scope scope) {
        List<EdgeDefinition> edges = scope.flow().edges();
        for (int i = 0; i < edges.size(); i++) {
            EdgeDefinition edge = edges.get(i);
            Optional<NodeDefinition> target = scope.node(edge.to());
            if (edge.delivery() == Delivery.EXACTLY_ONCE && target.isPresent()) {
                check(scope, "/edges/" + i + "/delivery", edge, target.get());
            }
        }
    }

    private static void check(
            Scope scope, String pointer, EdgeDefinition edge, NodeDefinition target) {
        String subject = "edge " + EdgeRules.name(edge) + " is exactly_once but its target ";
        if (!HintRules.hasEffectHint(target, DEDUPE)) {
            scope.report(
                    Codes.EXACT001,
                    pointer,
                    subject + "has no effect hint that starts with " + DEDUPE);
        }
        if (target.idempotency().key().isEmpty()) {
            scope.report(Codes.EXACT002, pointer, subject + "has no idempotency.key");
        }
        OptionalLong ttl = target.idempotency().ttlMillis();
        if (ttl.isEmpty() || Long.compareUnsigned(ttl.getAsLong(), MIN_TTL_MILLIS) < 0) {
            String has =
                    ttl.isEmpty()
                            ? "has no idempotency.ttlMs"
                            : "remembers keys for " + ttl.getAsLong() + " ms";
            scope.report(
                    Codes.EXACT003,
                    pointer,
                    subject + has + ", where " + MIN_TTL_MILLIS + " ms is the least");
        }
    }
}
