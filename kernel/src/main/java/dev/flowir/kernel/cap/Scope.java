package dev.flowir.kernel.cap;

import dev.flowir.ir.NodeContext;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The attempt that a handle is made for. Its texts are made when somebody first asks for them: most
 * handles never do.
 */
public final class Scope {

    private final String flow;
    private final String node;
    private final int attempt;
    private final Fence fence;

    /** Who says the run and the key; null when they were given. */
    private final @Nullable NodeContext says;

    private @Nullable String runId;
    private @Nullable String idempotencyKey;

    /**
     * A scope of which everything is known.
     *
     * @param flow name of the flow
     * @param runId the run
     * @param node alias of the node
     * @param attempt number of the attempt, from 1
     * @param idempotencyKey the same text for every attempt at this item and for no other work
     * @param fence whether the attempt still counts
     */
    public Scope(
            String flow,
            String runId,
            String node,
            int attempt,
            String idempotencyKey,
            Fence fence) {
        this.flow = flow;
        this.runId = runId;
        this.node = node;
        this.attempt = attempt;
        this.idempotencyKey = idempotencyKey;
        this.fence = fence;
        this.says = null;
    }

    private Scope(NodeContext attempt, Fence fence) {
        this.flow = attempt.flow();
        this.node = attempt.node();
        this.attempt = attempt.attempt();
        this.fence = fence;
        this.says = attempt;
    }

    /**
     * The scope of an attempt.
     *
     * @param attempt the attempt; it works on one item for as long as it lasts
     * @param fence whether it still counts
     * @return the scope
     */
    public static Scope of(NodeContext attempt, Fence fence) {
        return new Scope(attempt, fence);
    }

    /**
     * The scope of work outside any run, for example a host's own bookkeeping.
     *
     * @param who whose work it is
     * @return the scope
     */
    public static Scope outside(String who) {
        return new Scope("", "", who, 1, who, Fence.open());
    }

    /** {@return name of the flow} */
    public String flow() {
        return flow;
    }

    /** {@return the run} */
    public String runId() {
        String known = runId; // racy on purpose: whoever makes it makes the same
        if (known == null && says != null) {
            known = says.runId();
            runId = known;
        }
        return String.valueOf(known);
    }

    /** {@return alias of the node} */
    public String node() {
        return node;
    }

    /** {@return number of the attempt, from 1} */
    public int attempt() {
        return attempt;
    }

    /** {@return the same text for every attempt at this item and for no other work} */
    public String idempotencyKey() {
        String known = idempotencyKey; // racy on purpose, as above
        if (known == null && says != null) {
            known = says.idempotencyKey();
            idempotencyKey = known;
        }
        return String.valueOf(known);
    }

    /** {@return whether the attempt still counts} */
    public Fence fence() {
        return fence;
    }

    /** {@return nanoseconds until the run's deadline, now; empty when it has none} */
    public OptionalLong remainingNanos() {
        return says == null ? OptionalLong.empty() : says.remainingNanos();
    }

    @Override
    public String toString() {
        return flow + "/" + runId() + "/" + node + ", attempt " + attempt;
    }
}
