package dev.flowir.ir.plan;

/**
 * What undoes a node when its run fails.
 *
 * @param surface id of the surface that says so
 * @param node index of the node that does; nothing leads to it
 * @param timeoutMillis time limit of one attempt at it; 0 for none
 */
public record UndoneBy(String surface, int node, long timeoutMillis) {}
