package dev.flowir.ir;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * What Java types give for a surface, in place of pointers: for the windows of a node, the keys of
 * a partition, the failed items of a list, the levels of a priority. All of it must only compute.
 *
 * @param key what items of a window have in common; empty for the surface's pointer, or none
 * @param timeMillis time that an item carries, since 1970; empty for the surface's pointer
 * @param fold what items are folded to; empty when they are kept
 * @param instead what stands for an item of a list that failed; empty for nothing
 * @param level how urgent an item is; empty for the node's pointer, or no priority
 */
public record SurfaceCode(
        Optional<Function<Object, Object>> key,
        Optional<ToLongFunction<Object>> timeMillis,
        Optional<Fold> fold,
        Optional<ItemFallback<Object, Object>> instead,
        Optional<ToIntFunction<Object>> level) {

    /** {@return what a surface has that only asks for the keys of items} */
    static SurfaceCode ofKey(Function<Object, Object> key) {
        return new SurfaceCode(
                Optional.of(key),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** {@return what a surface has that says what stands for a failed item} */
    static SurfaceCode ofInstead(ItemFallback<Object, Object> instead) {
        return new SurfaceCode(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(instead),
                Optional.empty());
    }

    /** {@return what a node has that says how urgent its items are} */
    static SurfaceCode ofLevel(ToIntFunction<Object> level) {
        return new SurfaceCode(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(level));
    }

    /**
     * {@return under which id the levels of a node's priority are given}
     *
     * @param alias alias of the node
     */
    public static String priority(String alias) {
        return alias + ":priority";
    }

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
