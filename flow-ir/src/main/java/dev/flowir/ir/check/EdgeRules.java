package dev.flowir.ir.check;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.SchemaRef;
import java.util.List;
import java.util.Optional;

/** Rules about single edges: ends, schemas, timeouts, bounds, spilling. */
final class EdgeRules {

    private static final String BLOB = "resource::blob::";

    private EdgeRules() {}

    static void ends(Scope scope) {
        List<EdgeDefinition> edges = scope.flow().edges();
        for (int i = 0; i < edges.size(); i++) {
            EdgeDefinition edge = edges.get(i);
            end(scope, "/edges/" + i + "/from", edge, "source", edge.from());
            end(scope, "/edges/" + i + "/to", edge, "target", edge.to());
        }
    }

    private static void end(
            Scope scope, String pointer, EdgeDefinition edge, String role, String alias) {
        if (!scope.isAlias(alias)) {
            scope.reportUnknown(
                    Codes.DAG202,
                    pointer,
                    role + " " + Names.quote(alias) + " of edge " + name(edge) + " is no node",
                    alias);
        }
    }

    static void schemas(Scope scope) {
        List<EdgeDefinition> edges = scope.flow().edges();
        for (int i = 0; i < edges.size(); i++) {
            EdgeDefinition edge = edges.get(i);
            Optional<NodeDefinition> from = scope.node(edge.from());
            Optional<NodeDefinition> to = scope.node(edge.to());
            if (from.isPresent()
                    && to.isPresent()
                    && from.get().outSchema() instanceof SchemaRef.Named sent
                    && to.get().inSchema() instanceof SchemaRef.Named taken
                    && !sent.name().equals(taken.name())) {
                scope.report(
                        Codes.DAG201,
                        "/edges/" + i,
                        "edge "
                                + name(edge)
                                + " carries "
                                + Names.quote(sent.name())
                                + " but its target takes "
                                + Names.quote(taken.name()));
            }
        }
    }

    static void timeouts(Scope scope) {
        List<EdgeDefinition> edges = scope.flow().edges();
        for (int i = 0; i < edges.size(); i++) {
            if (edges.get(i).timeoutMillis().orElse(1) == 0) {
                scope.report(
                        Codes.CTRL101,
                        "/edges/" + i + "/timeout_ms",
                        "edge " + name(edges.get(i)) + " has timeout_ms 0");
            }
        }
    }

    static void bounds(Scope scope) {
        List<EdgeDefinition> edges = scope.flow().edges();
        for (int i = 0; i < edges.size(); i++) {
            if (edges.get(i).buffer().maxItems().orElse(1) == 0) {
                scope.report(
                        Codes.CTRL102,
                        "/edges/" + i + "/buffer/max_items",
                        "edge " + name(edges.get(i)) + " has buffer.max_items 0");
            }
        }
    }

    static void spill(Scope scope) {
        boolean blobMissing = !HintRules.anyEffectHint(scope.flow().nodes(), BLOB);
        List<EdgeDefinition> edges = scope.flow().edges();
        for (int i = 0; i < edges.size(); i++) {
            EdgeDefinition edge = edges.get(i);
            Optional<String> tier = edge.buffer().spillTier();
            if (tier.isEmpty()) {
                continue;
            }
            String pointer = "/edges/" + i + "/buffer/spill_tier";
            String spills = "edge " + name(edge) + " spills to " + Names.quote(tier.get());
            if (edge.buffer().maxItems().isEmpty()) {
                scope.report(Codes.SPILL001, pointer, spills + " but has no buffer.max_items");
            }
            if (blobMissing) {
                blobMissing = false;
                scope.report(
                        Codes.SPILL002,
                        pointer,
                        spills + " but no node has an effect hint that starts with " + BLOB);
            }
        }
    }

    /** An edge in a message. */
    static String name(EdgeDefinition edge) {
        return Names.quote(edge.from()) + " -> " + Names.quote(edge.to());
    }
}
