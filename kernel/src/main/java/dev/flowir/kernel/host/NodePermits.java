package dev.flowir.kernel.host;

import dev.flowir.ir.Precedence;
import dev.flowir.ir.plan.Plan;
import dev.flowir.ir.plan.Ranking;
import dev.flowir.kernel.machine.FairPermits;
import dev.flowir.kernel.machine.RankedPermits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many bodies of which nodes run at a time, counted over all runs of a flow in one runtime. A
 * permit that is given back goes to who is next in the line, which is told outside of the lock.
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
     * Takes a permit, or a place in the line: at its end, or at that of its level where the node
     * has a priority.
     *
     * @param node index of a node with a limit
     * @param item what the body would get
     * @param who comes
     * @return false when {@code who} waits, and is told when it has one
     */
    public boolean enter(int node, Object item, Waiter who) {
        Optional<Ranking> ranking = plan.node(node).ranking();
        int level = ranking.isPresent() ? ranking.get().inLine(item) : Precedence.DEFAULT;
        synchronized (this) {
            FairPermits<Waiter> of = of(node);
            return of instanceof RankedPermits<Waiter> ranked
                    ? ranked.enter(who, level)
                    : of.enter(who);
        }
    }

    /**
     * Fails where the level of an item cannot be told: it has a permit now, and its attempt can.
     *
     * @param node index of a node with a limit
     * @param item what the body would get; what the user's code throws is thrown on
     */
    public void check(int node, Object item) {
        Optional<Ranking> ranking = plan.node(node).ranking();
        if (ranking.isPresent()) {
            ranking.get().of(item);
        }
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
            int limit = plan.node(node).concurrency();
            Optional<Ranking> ranking = plan.node(node).ranking();
            known =
                    ranking.isPresent()
                            ? new RankedPermits<>(limit, ranking.get().oldestEvery())
                            : new FairPermits<>(limit);
            permits[node] = known;
        }
        return known;
    }
}
