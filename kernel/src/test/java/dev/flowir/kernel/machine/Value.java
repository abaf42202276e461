package dev.flowir.kernel.machine;

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

    /** What an empty list came of. */
    static final long NOBODY = -1;
}
