package dev.flowir.kernel.cap;

/**
 * The attempt that a handle is made for.
 *
 * @param flow name of the flow
 * @param runId the run
 * @param node alias of the node
 * @param attempt number of the attempt, from 1
 * @param idempotencyKey the same text for every attempt at this item and for no other work
 * @param fence whether the attempt still counts
 */
public record Scope(
        String flow, String runId, String node, int attempt, String idempotencyKey, Fence fence) {

    /**
     * The scope of work outside any run, for example a host's own bookkeeping.
     *
     * @param who whose work it is
     * @return the scope
     */
    public static Scope outside(String who) {
        return new Scope("", "", who, 1, who, Fence.open());
    }
}
