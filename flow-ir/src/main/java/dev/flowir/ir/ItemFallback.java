package dev.flowir.ir;

/**
 * What stands in a list for an item that could not be worked on.
 *
 * @param <A> the item
 * @param <B> what is made of items
 */
@FunctionalInterface
public interface ItemFallback<A, B> {

    /**
     * {@return what stands for it}; must only compute, and give the same whenever it is asked.
     *
     * @param item what could not be worked on
     * @param failure what the last attempt said
     */
    B apply(A item, ItemFailure failure);
}
