package dev.flowir.kernel.host;

import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.machine.FairPermits;
import org.jspecify.annotations.Nullable;

/**
 * How many bodies of which nodes run at a time, counted over all runs of a flow in one runtime. A
 * permit that is given back goes to the head of the line, which is told outside of the lock.
 */
public final class NodePermits {

    /** Who waits for a permit. */
    public interface Waiter {

        /** It has a permit now; on the thread of whoever gave one back. */
        void admitted();
    }

    private final Plan plan;
    private final @Nullable FairPermits<Waiter>[] permits;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private NodePermits(Plan plan) {
        this.plan = plan;
        this.permits = new FairPermits[plan.nodeCount()];
    }

    /**
     * {@return permits for the nodes of {@code plan} that have a limit; null when none has}
     *
     * @param plan whose nodes
     */
    public static @Nullable NodePermits of(Plan plan) {
        return plan.limited() ? new NodePermits(plan) : null;
    }

    /**
     * {@return true when {@code node} has a limit}
     *
     * @param node index of the node
     */
    public boolean limits(int node) {
        return plan.node(node).concurrency() > 0;
    }

    /**
     * Takes a permit, or a place at the end of the line.
     *
     * @param node index of a node with a limit
     * @param who comes
     * @return false when {@code who} waits, and is told when it has one
     */
    public synchronized boolean enter(int node, Waiter who) {
        return of(node).enter(who);
    }

    /**
     * Leaves the line.
     *
     * @param node index of a node with a limit
     * @param who leaves
     * @return false when it is not in the line, and has or had a permit
     */
    public synchronized boolean leave(int node, Waiter who) {
        return of(node).leave(who);
    }

    /**
     * Gives a permit back.
     *
     * @param node index of a node with a limit
     */
    public void release(int node) {
        Waiter next;
        synchronized (this) {
            next = of(node).release();
        }
        if (next != null) {
            next.admitted();
        }
    }

    private FairPermits<Waiter> of(int node) {
        FairPermits<Waiter> known = permits[node];
        if (known == null) {
            known = new FairPermits<>(plan.node(node).concurrency());
            permits[node] = known;
        }
        return known;
    }
}
