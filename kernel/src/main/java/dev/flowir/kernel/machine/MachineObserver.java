package dev.flowir.kernel.machine;

/**
 * Watches a machine. Called within {@link Machine#offer}, so it must be quick and must not call the
 * machine; what it sees has no part in what the machine does.
 */
public interface MachineObserver {

    /** Watches nothing. */
    MachineObserver NONE = new MachineObserver() {};

    /**
     * The number of items on an edge changed.
     *
     * @param edge index of the edge
     * @param items how many
     */
    default void depth(int edge, int items) {}

    /**
     * The number of outputs that wait to be taken changed.
     *
     * @param outputs how many wait
     */
    default void captured(int outputs) {}

    /**
     * A node has an output that a full edge, or a full capture when {@code edge} is -1, holds up.
     *
     * @param node index of the node
     * @param edge index of the edge
     */
    default void stalled(int node, int edge) {}

    /**
     * The output that was held up is on its way.
     *
     * @param node index of the node
     * @param edge index of the edge
     */
    default void resumed(int node, int edge) {}

    /**
     * An item was spilled.
     *
     * @param edge index of the edge
     * @param bytes its encoded size
     */
    default void spilled(int edge, long bytes) {}

    /**
     * An item was dropped, as the edge's policy asks.
     *
     * @param edge index of the edge
     */
    default void dropped(int edge) {}

    /**
     * A failed attempt will be repeated.
     *
     * @param node index of the node
     * @param attempt number of the attempt, from 1
     * @param backoffNanos wait before the next attempt
     * @param cause what the body threw
     */
    default void retrying(int node, int attempt, long backoffNanos, Throwable cause) {}

    /**
     * An item of a list was not worked on, and its list goes on.
     *
     * @param node index of the node
     * @param index which item of the list, or which batch, from 0
     * @param cause what ended the last attempt
     */
    default void itemFailed(int node, int index, Throwable cause) {}

    /**
     * A result of an attempt that was given up was refused.
     *
     * @param node index of the node
     */
    default void late(int node) {}

    /**
     * An input ended without an output.
     *
     * @param why why
     */
    default void deadEnd(DeadEnd why) {}

    /** A further output of a run whose result was given is not needed. */
    default void discarded() {}

    /**
     * A slot moved.
     *
     * @param transition what happened to it
     * @param from where it was
     */
    default void moved(Transition transition, SlotState from) {}
}
