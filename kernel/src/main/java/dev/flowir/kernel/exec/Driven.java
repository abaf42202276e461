package dev.flowir.kernel.exec;

import org.jspecify.annotations.Nullable;

/**
 * What driving left behind.
 *
 * @param interrupted true when somebody interrupted the thread meanwhile
 * @param carried a body for the thread to run: the node after the one whose body it ran, so that a
 *     value passes along a chain without a new thread for each node
 */
record Driven(boolean interrupted, @Nullable Attempt carried) {

    /** Nothing: the usual case costs no object. */
    static final Driven NOTHING = new Driven(false, null);
}
