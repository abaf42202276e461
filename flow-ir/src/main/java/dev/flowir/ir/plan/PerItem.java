package dev.flowir.ir.plan;

import dev.flowir.ir.ItemFailures;
import dev.flowir.ir.ItemFallback;
import java.util.Optional;

/**
 * How a node runs per item of a list.
 *
 * @param surface id of the surface it came from
 * @param items where the list is within what crosses the edge
 * @param maxInFlight bodies at a time, at least 1
 * @param batch items of one body at most, which gets and gives a list; 0 for a body that gets an
 *     item
 * @param ordered whether outputs are in the order of the items; else in that in which they came
 * @param failures what becomes of an item on which no attempt is left
 * @param instead what stands for such an item; there when {@code failures} says so
 */
public record PerItem(
        String surface,
        JsonPointer items,
        int maxInFlight,
        int batch,
        boolean ordered,
        ItemFailures failures,
        Optional<ItemFallback<Object, Object>> instead) {

    /** Items in flight of a surface that names no number: one after the other. */
    public static final int DEFAULT_IN_FLIGHT = 1;

    /**
     * {@return one of which nothing is said but where the list is}
     *
     * @param surface id of the surface it came from
     * @param items where the list is
     */
    static PerItem of(String surface, JsonPointer items) {
        return new PerItem(
                surface, items, DEFAULT_IN_FLIGHT, 0, true, ItemFailures.FAIL, Optional.empty());
    }
}
