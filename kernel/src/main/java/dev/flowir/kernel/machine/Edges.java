package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.Drop;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.PlanEdge;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.ir.plan.Ranking;
import dev.flowir.ir.plan.Sharding;
import org.jspecify.annotations.Nullable;

/** The queues of all edges and of the trigger, made when first needed. */
final class Edges {

    private final Plan plan;
    private final MachineObserver observer;
    private @Nullable EdgeQueue @Nullable [] queues;
    private @Nullable EdgeQueue root;

    Edges(Plan plan, MachineObserver observer) {
        this.plan = plan;
        this.observer = observer;
    }

    int size(int edge) {
        EdgeQueue queue = known(edge);
        return queue == null ? 0 : queue.size();
    }

    int inMemory(int edge) {
        EdgeQueue queue = known(edge);
        return queue == null ? 0 : queue.inMemory();
    }

    /** True when nothing waits for {@code node}. */
    boolean isEmptyInto(int node) {
        for (int k = 0; k < plan.inCount(node); k++) {
            if (size(plan.in(node, k)) > 0) {
                return false;
            }
        }
        return true;
    }

    /** True when no item of {@code key} has room on {@code edge}. */
    boolean isFull(int edge, Object key) {
        EdgeQueue queue = known(edge);
        return queue != null && queue.isFull(key);
    }

    /** Index of the item that goes when one of {@code key} has no room; -1 for that one. */
    int victim(int edge, Object key) {
        return queue(edge).victim(key, plan.edge(edge).drop() == Drop.OLDEST);
    }

    /** Index of the item that is to be taken next; somebody takes it. */
    int turn(int edge) {
        EdgeQueue queue = queue(edge);
        int next = queue.next();
        queue.turn();
        return next;
    }

    void push(int edge, Object payload, long item, int input, Object key) {
        if (queues == null) {
            queues = new EdgeQueue[plan.edgeCount()];
        }
        EdgeQueue queue = queues[edge];
        if (queue == null) {
            queue = make(plan.edge(edge));
            queues[edge] = queue;
        }
        queue.push(payload, item, input, key);
        observer.depth(edge, queue.size());
    }

    private EdgeQueue make(PlanEdge edge) {
        return edge.sharding().isPresent()
                ? sharded(bound(edge), edge.sharding().get())
                : new EdgeQueue(bound(edge));
    }

    @OnlyWith(PlanFeatures.PARTITIONS)
    private static EdgeQueue sharded(int capacity, Sharding sharding) {
        return sharding.ranking().isPresent()
                ? ranked(capacity, sharding, sharding.ranking().get())
                : new ShardedQueue(capacity, sharding);
    }

    @OnlyWith(PlanFeatures.PRIORITIES)
    private static EdgeQueue ranked(int capacity, Sharding sharding, Ranking ranking) {
        return new RankedQueue(capacity, sharding, ranking);
    }

    /**
     * An edge into a join holds what waits for its partners, and that could be behind other items
     * on other edges: so it is bounded by the inputs that may be outstanding, or two full edges
     * could wait for each other for ever. Where dropping is asked for, and where items meet by
     * position, the edge's bound holds.
     */
    private int bound(PlanEdge edge) {
        boolean joins = plan.node(edge.to()).joins() && !plan.node(edge.to()).zips();
        return joins && edge.drop() == Drop.NEVER ? Integer.MAX_VALUE : edge.totalCapacity();
    }

    Object remove(int edge, int index) {
        EdgeQueue queue = queue(edge);
        Object payload = queue.payload(index);
        queue.remove(index);
        observer.depth(edge, queue.size());
        return payload;
    }

    int inputAt(int edge, int index) {
        return queue(edge).input(index);
    }

    long itemAt(int edge, int index) {
        return queue(edge).item(index);
    }

    /** Index of the longest waiting item of {@code input}; -1 when there is none. */
    int find(int edge, int input) {
        EdgeQueue queue = known(edge);
        return queue == null ? -1 : queue.find(input);
    }

    int rootSize() {
        return root == null ? 0 : root.size();
    }

    void pushRoot(Object payload, long item, int input) {
        if (root == null) {
            root = new EdgeQueue(MachineSettings.ROOT_CAPACITY);
        }
        root.push(payload, item, input);
    }

    int rootInput() {
        return rootQueue().input(0);
    }

    long rootItem() {
        return rootQueue().item(0);
    }

    Object removeRoot() {
        Object payload = rootQueue().payload(0);
        rootQueue().remove(0);
        return payload;
    }

    /** Empties every queue; what was spilled is deleted. */
    void clear(Outbox out) {
        root = null;
        for (int edge = 0; queues != null && edge < queues.length; edge++) {
            EdgeQueue queue = queues[edge];
            for (int i = 0; queue != null && i < queue.size(); i++) {
                if (queue.payload(i) instanceof EdgeQueue.Spilled spilled) {
                    out.spillDelete(edge, spilled.reference());
                }
            }
        }
        queues = null;
    }

    private EdgeQueue rootQueue() {
        if (root == null) {
            throw new IllegalStateException("nothing waits at the trigger");
        }
        return root;
    }

    private @Nullable EdgeQueue known(int edge) {
        return queues == null ? null : queues[edge];
    }

    private EdgeQueue queue(int edge) {
        EdgeQueue queue = known(edge);
        if (queue == null) {
            throw new IllegalStateException("nothing waits on edge " + edge);
        }
        return queue;
    }
}
