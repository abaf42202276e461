package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chats.Work;

/** Begins the work that follows from an event, in the transaction that stores the event. */
@FunctionalInterface
interface Begin {

    /**
     * Called on the store's writer.
     *
     * @param type type of the event
     * @param work the work, named by the event
     * @param valid what was asked for
     */
    void work(String type, Work work, Inputs.Valid valid);
}
