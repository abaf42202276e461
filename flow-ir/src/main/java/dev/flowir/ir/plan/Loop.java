package dev.flowir.ir.plan;

import dev.flowir.ir.Selector;

/**
 * A line of nodes through which an item goes again and again until it is done. One item is in it at
 * a time.
 *
 * @param surface id of the surface it came from
 * @param index its number among the loops of its plan, from 0
 * @param entry index of the first node of the line
 * @param exit index of the last, whose output goes back to the first or leaves; often the same
 * @param done selects {@code true} for an output that leaves, {@code false} for one that goes back
 * @param mostRounds rounds that an item makes at most, at least 1
 * @param atLimit what becomes of an item that is not done after so many
 */
public record Loop(
        String surface,
        int index,
        int entry,
        int exit,
        Selector done,
        int mostRounds,
        AtLimit atLimit) {

    /** What becomes of an item that is not done after its last round. */
    public enum AtLimit {
        /** The last node has failed. */
        FAIL,
        /** It leaves as it is. */
        LEAVE
    }
}
