package dev.flowir.ir;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What Java types give for the windows of a node, or the keys of a partition, in place of pointers.
 * All of it must only compute.
 *
 * @param key what items of a window have in common; empty for the surface's pointer, or none
 * @param timeMillis time that an item carries, since 1970; empty for the surface's pointer
 * @param fold what items are folded to; empty when they are kept
 */
public record WindowCode(
        Optional<Function<Object, Object>> key,
        Optional<ToLongFunction<Object>> timeMillis,
        Optional<Fold> fold) {

    /**
     * How items become one value.
     *
     * @param zero gives the value of no item
     * @param add gives the value with an item more
     * @param merge gives the value of two sessions that became one; empty where none can
     */
    public record Fold(
            Supplier<Object> zero,
            BiFunction<Object, Object, Object> add,
            Optional<BinaryOperator<Object>> merge) {}
}
