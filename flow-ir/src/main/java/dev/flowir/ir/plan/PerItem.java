package dev.flowir.ir.plan;

/**
 * How a node runs per item of a list.
 *
 * @param surface id of the surface it came from
 * @param items where the list is within what crosses the edge
 * @param maxInFlight items worked on at a time, at least 1
 */
public record PerItem(String surface, JsonPointer items, int maxInFlight) {

    /** Items in flight of a surface that names no number: one after the other. */
    public static final int DEFAULT_IN_FLIGHT = 1;
}
