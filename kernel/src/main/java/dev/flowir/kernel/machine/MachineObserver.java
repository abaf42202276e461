package dev.flowir.kernel.machine;

/**
 * Watches a machine. Called within {@link Machine#offer}, so it must be quick and must not call the
 * machine; what it sees has no part in what the machine does.
 */
public interface MachineObserver {

    /** Watches nothing. */
    MachineObserver NONE = new MachineObserver() {};

    /** The number of items on an edge changed. */
    default void depth(int edge, int items) {}

    /** The number of outputs that wait to be taken changed. */
    default void captured(int outputs) {}

    /**
     * A node has an output that a full edge, or a full capture when {@code edge} is -1, holds up.
     */
    default void stalled(int node, int edge) {}

    /** The output that was held up is on its way. */
    default void resumed(int node, int edge) {}

    /** An item was spilled. */
    default void spilled(int edge, long bytes) {}

    /** An item was dropped, as the edge's policy asks. */
    default void dropped(int edge) {}

    /** A failed attempt will be repeated. */
    default void retrying(int node, int attempt, long backoffNanos, Throwable cause) {}

    /** A result of an attempt that was given up was refused. */
    default void late(int node) {}

    /** An input ended without an output. */
    default void deadEnd(DeadEnd why) {}

    /** A further output of a run whose result was given is not needed. */
    default void discarded() {}

    /** A slot moved. */
    default void moved(Transition transition, SlotState from) {}
}
