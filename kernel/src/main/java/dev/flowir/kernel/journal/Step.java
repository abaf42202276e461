package dev.flowir.kernel.journal;

/**
 * A step that is under way.
 *
 * @param issued what was asked for
 * @param input what its body gets
 * @param limitNanos time limit of the attempt; 0 for none
 */
public record Step(Issued issued, Object input, long limitNanos) {

    /** {@return the attempt} */
    public long ticket() {
        return issued.ticket();
    }

    /** {@return index of the node} */
    public int node() {
        return issued.node();
    }
}
