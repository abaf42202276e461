package dev.flowir.kernel.machine;

/**
 * A node that works or waits, while its machine stands still.
 *
 * @param kind what it does
 * @param node index of the node
 * @param edge index of the edge that it is about; -1 for none, or for the capture
 * @param on index of the node that is waited for; -1 when that is none, or who takes the outputs
 * @param number the place of the attempt or output, see {@link Machine#place}; items that wait,
 *     with {@link Kind#TURN} and {@link Kind#TAKER}; with {@link Kind#PARTNER} the edge on which
 *     items wait
 */
public record Wait(Kind kind, int node, int edge, int on, int number) {

    /** What a node does. */
    public enum Kind {
        /** Its body was asked for. */
        BODY,
        /** It gives a stream whose consumer waits for the next item. */
        PRODUCER,
        /** It gives a stream whose consumer asks for nothing. */
        CONSUMER,
        /** A payload is on its way to or from the spill store. */
        STORE,
        /** A timer stands that will move it on. */
        CLOCK,
        /** It has items on one edge and lacks those of another. */
        PARTNER,
        /** Its output finds no room. */
        ROOM,
        /** Items that it gave wait for the node after it. */
        TURN,
        /** Outputs of the flow wait for somebody who takes them. */
        TAKER
    }
}
