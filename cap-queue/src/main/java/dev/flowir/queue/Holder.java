package dev.flowir.queue;

/** Who holds a message. The order is on disk. */
enum Holder {
    /** Nobody: it is visible or delayed. */
    NOBODY,
    /** A handler of this broker. */
    HANDLER,
    /** Whoever pulled it. */
    PULLER
}
