package dev.flowir.kernel.journal;

/**
 * A step that the run asked for: recorded beside the entry that led to it, and compared when the
 * run is replayed.
 *
 * @param ticket the attempt
 * @param node index of the node
 * @param attempt number of the attempt, from 1
 * @param item identity of the item
 */
public record Issued(long ticket, int node, int attempt, long item) {}
