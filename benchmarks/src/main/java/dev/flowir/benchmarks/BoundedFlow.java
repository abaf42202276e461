package dev.flowir.benchmarks;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Flow;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives every edge of a flow a bound, as the wire format says it. */
public final class BoundedFlow {

    private BoundedFlow() {}

    /**
     * The same flow with another bound on each edge.
     *
     * @param <I> what goes in
     * @param <O> what comes out
     * @param flow a flow that uses no capability and has no selector of its own
     * @param maxItems the bound
     * @return the bounded flow
     */
    @SuppressWarnings("unchecked") // the same bodies get and give the same types
    public static <I, O> Flow<I, O> of(Flow<I, O> flow, int maxItems) {
        FlowDefinition old = flow.definition();
        List<EdgeDefinition> edges =
                old.edges().stream().map(edge -> bounded(edge, maxItems)).toList();
        Map<String, NodeBody> bodies = new HashMap<>();
        for (NodeDefinition node : old.nodes()) {
            flow.node(node.alias()).ifPresent(it -> bodies.put(node.identifier(), it.body()));
        }
        FlowDefinition bounded =
                new FlowDefinition(
                        old.id(),
                        old.name(),
                        old.version(),
                        old.profile(),
                        old.summary(),
                        old.nodes(),
                        edges,
                        old.controlSurfaces(),
                        old.checkpoints(),
                        old.policies(),
                        old.tags(),
                        old.artifacts());
        return (Flow<I, O>)
                (Flow<?, ?>)
                        Flow.interpreted(
                                bounded,
                                flow.trigger(),
                                flow.capture(),
                                identifier -> Optional.ofNullable(bodies.get(identifier)));
    }

    private static EdgeDefinition bounded(EdgeDefinition edge, int maxItems) {
        return new EdgeDefinition(
                edge.from(),
                edge.to(),
                edge.delivery(),
                edge.ordering(),
                edge.partitionKey(),
                edge.timeoutMillis(),
                Buffer.bounded(maxItems));
    }
}
