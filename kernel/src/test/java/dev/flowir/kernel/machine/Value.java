package dev.flowir.kernel.machine;

/**
 * A payload of the simulator: knows where it comes from.
 *
 * @param node who made it
 * @param sequence which of the node's outputs it is
 * @param item identity of the item that it was made of
 * @param index place in the list that it belongs to, 0 outside of lists
 */
record Value(int node, long sequence, long item, int index) {}
