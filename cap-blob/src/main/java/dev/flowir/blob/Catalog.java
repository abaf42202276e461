package dev.flowir.blob;

import java.util.function.Function;

/** Where a bucket keeps what it knows of its objects. */
interface Catalog {

    /** Looks at one state. */
    <T> T read(Function<Rows, T> work);

    /**
     * Changes, all or nothing.
     *
     * @param work refuses before it changes anything
     * @param committed called when the change is as durable as it gets; on another thread when it
     *     commits together with somebody else's
     */
    <T> T write(Function<Rows, T> work, Runnable committed);
}
