package dev.flowir.ir.plan;

import java.util.Optional;

/**
 * An edge of a plan.
 *
 * @param index its place in the plan, the document's order
 * @param from index of the producing node
 * @param to index of the consuming node
 * @param capacity items that may wait in memory, at least 1
 * @param spill where items go that do not fit; empty when the producer waits instead
 * @param timeoutMillis time that the target's body may take for one item of this edge; 0 means
 *     unlimited
 * @param drop what a full edge does
 * @param gated true when a route of the source decides whether an item takes this edge
 * @param perItem true when the target runs once per item of the list that crosses
 * @param atMostOnce true when an item that crossed is attempted once and never repeated
 * @param sharding how keys take turns; empty for first in, first out
 */
public record PlanEdge(
        int index,
        int from,
        int to,
        int capacity,
        Optional<Spill> spill,
        long timeoutMillis,
        Drop drop,
        boolean gated,
        boolean perItem,
        boolean atMostOnce,
        Optional<Sharding> sharding) {

    /**
     * Spilling of an edge.
     *
     * @param tier label of the tier
     * @param thresholdBytes encoded size from which an item spills even when there is room; 0 means
     *     that only a full edge spills
     * @param capacity spilled items that may wait
     */
    public record Spill(String tier, long thresholdBytes, int capacity) {}

    /** {@return items that may wait in memory and spilled together} */
    public int totalCapacity() {
        return spill.map(s -> Math.addExact(capacity, s.capacity())).orElse(capacity);
    }
}
