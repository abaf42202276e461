package dev.flowir.kernel.exec;

/** Something that is under way and can be ended. */
interface Active {

    /** Ends it now. */
    void cancel(String reason);
}
