package dev.flowir.durable;

import dev.flowir.kernel.journal.RunState;

/** What became of a request from outside. */
public sealed interface Steered {

    /**
     * The application did it, and it is on the disk.
     *
     * @param state where the run stands since
     */
    record Done(RunState state) implements Steered {}

    /**
     * No application has the store: the next one does it when it opens it, before anything else.
     */
    record Kept() implements Steered {}
}
