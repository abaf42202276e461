package dev.flowir.kernel.machine;

import dev.flowir.ir.plan.PerItem;
import dev.flowir.ir.plan.PlanNode;

/**
 * A payload of the simulator: knows where it comes from.
 *
 * @param node who made it
 * @param sequence which of the node's outputs it is
 * @param item identity of the item that it was made of
 * @param index place in the list that it belongs to, 0 outside of lists
 * @param input number of the input that it came of
 */
record Value(int node, long sequence, long item, int index, long input) {

    /** The number of the input that {@code payload} came of. */
    static long inputOf(Object payload) {
        return switch (payload) {
            case Value value -> value.input();
            case java.util.List<?> list when !list.isEmpty() -> inputOf(list.get(0));
            default -> NOBODY;
        };
    }

    /** The place of {@code payload}, or of the first of a batch, in its list. */
    static int indexOf(Object payload) {
        return switch (payload) {
            case Value value -> value.index();
            case java.util.List<?> list when !list.isEmpty() -> indexOf(list.get(0));
            default -> 0;
        };
    }

    /** How many items {@code node} got in a batch; 0 when it works on none. */
    static int batch(PlanNode node, Object payload) {
        int most = node.perItem().map(PerItem::batch).orElse(0);
        if (most == 0) {
            return 0;
        }
        int size = ((java.util.List<?>) payload).size();
        if (size < 1 || size > most) {
            throw new AssertionError("a batch of " + most + " has " + size + " items");
        }
        return size;
    }

    /** What an empty list came of. */
    static final long NOBODY = -1;
}
