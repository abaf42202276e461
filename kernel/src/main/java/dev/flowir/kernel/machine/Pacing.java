package dev.flowir.kernel.machine;

/** Says when attempts at nodes with a rate may begin. */
public interface Pacing {

    /**
     * Takes a token.
     *
     * @param node index of the node
     * @param nowNanos now
     * @return when the attempt may begin: now or later
     */
    long take(int node, long nowNanos);
}
