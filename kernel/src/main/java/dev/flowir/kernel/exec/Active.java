package dev.flowir.kernel.exec;

/** Something that is under way and can be ended. */
abstract class Active {

    /** Which part of the roster it is in. Written once, before it is seen there. */
    int part;

    /** Where in that part: the part's own. */
    int place;

    Active() {}

    /** Ends it now. */
    public abstract void cancel(String reason);
}
