package dev.flowir.ir;

/**
 * How many bodies of a node may run at a time, counted over all runs that share a runtime; see
 * {@link NodeOption#concurrency}.
 *
 * @param limit bodies at a time, 1 to {@link #MAX}; a document may hold another number, which the
 *     checker warns of ({@code CTRL152}) and setting up a run refuses
 */
public record Concurrency(long limit) {

    /** Most bodies of one node at a time: as many as items of a list. */
    public static final int MAX = 4096;

    /** {@return true when a run can keep it} */
    public boolean isInRange() {
        return limit >= 1 && limit <= MAX;
    }
}
