package dev.flowir.limit;

import dev.flowir.kernel.cap.Fence;

/** Where buckets are kept. Keys and numbers have been checked. A full bucket is none at all. */
interface Buckets {

    /**
     * Takes permits that are there within {@code mostNanos}, else nothing.
     *
     * @param fence checked where the bucket changes
     * @return how long until they are there; more than {@code mostNanos} when nothing was taken
     */
    long draw(String key, int permits, long mostNanos, Fence fence);

    /** Puts permits back that were taken and not used. */
    void giveBack(String key, int permits);

    /** Whether the caller may wait: not where everybody else would wait for it. */
    boolean mayWait();
}
