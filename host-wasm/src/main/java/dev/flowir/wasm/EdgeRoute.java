package dev.flowir.wasm;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.host.PathTemplate;
import org.jspecify.annotations.Nullable;

/** A flow at a path. */
final class EdgeRoute {

    private final Flow<?, ?> flow;
    private final String method;
    private final PathTemplate path;
    private final EdgeOptions options;
    private final @Nullable EdgeDesk desk;
    private EdgePlan.@Nullable Verdict verdict;

    EdgeRoute(Flow<?, ?> flow, String method, PathTemplate path, EdgeOptions options) {
        this(flow, method, path, options, null);
    }

    EdgeRoute(
            Flow<?, ?> flow,
            String method,
            PathTemplate path,
            EdgeOptions options,
            @Nullable EdgeDesk desk) {
        this.desk = desk;
        this.flow = flow;
        this.method = method;
        this.path = path;
        this.options = options;
    }

    Flow<?, ?> flow() {
        return flow;
    }

    PathTemplate path() {
        return path;
    }

    EdgeOptions options() {
        return options;
    }

    /** Who answers; null where the flow runs for each request. */
    @Nullable EdgeDesk desk() {
        return desk;
    }

    boolean wantsBody() {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** True when a second run gives the same items, so that those seen can be skipped. */
    boolean isRepeatable() {
        return flow.definition().nodes().stream()
                .allMatch(node ->
                        node.determinism() == Determinism.STRICT
                                && node.effects() != Effects.EFFECTFUL);
    }

    /** Whether the flow may run, found out by the first request; nothing in it waits. */
    EdgePlan.Verdict verdict(EdgeHost host) {
        EdgePlan.Verdict known = verdict;
        if (known == null) {
            known = EdgePlan.prepare(flow, host.capabilities());
            verdict = known;
        }
        return known;
    }
}
