package dev.flowir.ir.plan;

/**
 * How a node runs per item of a list.
 *
 * @param surface id of the surface it came from
 * @param items where the list is within what crosses the edge
 * @param maxInFlight bodies at a time, at least 1
 * @param batch items of one body at most, which gets and gives a list; 0 for a body that gets an
 *     item
 */
public record PerItem(String surface, JsonPointer items, int maxInFlight, int batch) {

    /** Items in flight of a surface that names no number: one after the other. */
    public static final int DEFAULT_IN_FLIGHT = 1;
}
