package dev.flowir.wasm;

import dev.flowir.ir.BoundNode;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Flow;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Wait;
import dev.flowir.kernel.journal.PinnedFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a flow that runs durably asks for besides its object, and what it asks for in vain. */
final class EdgeRunNeeds {

    private EdgeRunNeeds() {}

    /** Flows that do steps of {@code flow}. */
    static List<Flow<?, ?>> children(Flow<?, ?> flow) {
        List<Flow<?, ?>> children = new ArrayList<>();
        for (Wait wait : waits(flow)) {
            Optional<Flow<?, ?>> child = wait.flow();
            if (child.isPresent()) {
                children.add(child.get());
            }
        }
        return children;
    }

    private static List<Wait> waits(Flow<?, ?> flow) {
        List<Wait> waits = new ArrayList<>();
        for (NodeDefinition node : flow.definition().nodes()) {
            Optional<BoundNode> bound = flow.node(node.alias());
            if (bound.isPresent() && bound.get().body() instanceof Wait wait) {
                waits.add(wait);
            }
        }
        return waits;
    }

    /** Whether a node of {@code flow} waits for a signal with a key. */
    static boolean waitsForKeys(Flow<?, ?> flow) {
        for (Wait wait : waits(flow)) {
            if (wait.isKeyed()) {
                return true;
            }
        }
        return false;
    }

    /** Features of the worker for the waits of {@code flow}. */
    static void add(Flow<?, ?> flow, Set<String> features) {
        for (Wait wait : waits(flow)) {
            if (wait.flow().isPresent()) {
                features.add(Features.KIN);
                features.add(Features.TIES);
            }
            if (wait.isKeyed()) {
                features.add(Features.KEYS);
                features.add(Features.TIES);
            }
        }
    }

    /** What durable runs have on a JVM and not here. */
    static void missing(PinnedFlow flow, List<String> refused) {
        for (int node = 0; node < flow.plan().nodeCount(); node++) {
            if (flow.plan().node(node).concurrency() > 0) {
                refuse(
                        flow,
                        node,
                        "bounds its bodies at a time, which runs in objects of their own cannot"
                                + " count together; bound what it calls",
                        refused);
            }
        }
        for (EdgeDefinition edge : flow.plan().definition().edges()) {
            int target = flow.plan().indexOf(edge.to());
            if (edge.delivery() == Delivery.EXACTLY_ONCE && !flow.plan().node(target).inline()) {
                refuse(flow, target, "asks for exactly_once; use at_least_once", refused);
            }
        }
    }

    private static void refuse(PinnedFlow flow, int node, String why, List<String> refused) {
        refused.add(
                "EDGE104: flow '"
                        + flow.name()
                        + "' cannot run durably at the edge: node '"
                        + flow.alias(node)
                        + "' "
                        + why);
    }
}
