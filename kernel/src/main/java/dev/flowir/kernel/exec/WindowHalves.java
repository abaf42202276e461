package dev.flowir.kernel.exec;

import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Flow;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.WindowTime;
import dev.flowir.ir.plan.ErrorPolicy;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanNode;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.ir.plan.Windowing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A flow that only computes, cut where it has its windows: what comes before, once for each input,
 * and what comes after, once for each window. Both run on lanes, as flows of their own.
 *
 * @param before from the trigger to the node that the windows are of
 * @param windowing the windows
 * @param after from the node that gives windows to the output
 */
record WindowHalves(InlineFlow before, Windowing windowing, InlineFlow after) {

    /** The halves of a plan; empty when it cannot be cut, or what it does needs a machine. */
    static Optional<WindowHalves> of(Prepared prepared, Environment environment) {
        Plan plan = prepared.plan();
        if (plan.windowCount() != 1
                || !plan.inline()
                || plan.loopCount() > 0
                || plan.raceCount() > 0
                || plan.paced()) {
            return Optional.empty();
        }
        Windowing windowing = plan.window(0);
        int node = windowing.node();
        if (windowing.time() != WindowTime.EVENT
                || windowing.late() != Windowing.NOWHERE
                || plan.inCount(node) != 1
                || !failsOnly(plan)) {
            return Optional.empty();
        }
        int source = plan.edge(plan.in(node, 0)).from();
        Set<Integer> after = new HashSet<>();
        after.add(node);
        for (int k = 0; k < plan.nodeCount(); k++) {
            int at = plan.ordered(k);
            for (int in = 0; in < plan.inCount(at); in++) {
                if (after.contains(plan.edge(plan.in(at, in)).from())) {
                    after.add(at);
                }
            }
        }
        if (after.contains(plan.trigger())
                || !after.contains(plan.capture())
                || crossings(plan, after) != 1) {
            return Optional.empty();
        }
        Optional<InlineFlow> first =
                half(prepared, after, false, plan.trigger(), source, environment);
        Optional<InlineFlow> second =
                half(prepared, after, true, node, plan.capture(), environment);
        return first.isPresent() && second.isPresent()
                ? Optional.of(new WindowHalves(first.get(), windowing, second.get()))
                : Optional.empty();
    }

    /** True when a failure of any node is one of the whole: then it does not matter where it is. */
    private static boolean failsOnly(Plan plan) {
        for (int n = 0; n < plan.nodeCount(); n++) {
            PlanNode node = plan.node(n);
            if (!node.onError().equals(ErrorPolicy.FAIL)) {
                return false;
            }
        }
        return true;
    }

    private static int crossings(Plan plan, Set<Integer> after) {
        int crossings = 0;
        for (int e = 0; e < plan.edgeCount(); e++) {
            boolean from = after.contains(plan.edge(e).from());
            boolean to = after.contains(plan.edge(e).to());
            crossings += (from == to) ? 0 : 1;
        }
        return crossings;
    }

    private static Optional<InlineFlow> half(
            Prepared prepared,
            Set<Integer> after,
            boolean second,
            int trigger,
            int capture,
            Environment environment) {
        Plan whole = prepared.plan();
        Flow<?, ?> flow = prepared.flow();
        FlowDefinition definition = whole.definition();
        List<NodeDefinition> nodes = new ArrayList<>();
        for (int n = 0; n < whole.nodeCount(); n++) {
            if (after.contains(n) == second) {
                nodes.add(definition.nodes().get(n));
            }
        }
        List<EdgeDefinition> edges = new ArrayList<>();
        for (int e = 0; e < whole.edgeCount(); e++) {
            if (after.contains(whole.edge(e).from()) == second
                    && after.contains(whole.edge(e).to()) == second) {
                edges.add(definition.edges().get(e));
            }
        }
        Surroundings plain = Surroundings.plain();
        Lowered lowered =
                Lowering.lower(
                        definition.drawn(nodes, edges, List.of()),
                        prepared.alias(trigger),
                        prepared.alias(capture),
                        plain);
        return lowered instanceof Lowered.Ready ready
                ? Optional.ofNullable(
                        InlineFlow.of(
                                new Prepared(flow, ready.plan(), environment.capabilities()),
                                environment))
                : Optional.empty();
    }
}
