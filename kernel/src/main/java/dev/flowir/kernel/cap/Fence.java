package dev.flowir.kernel.cap;

/**
 * Says whether an attempt still counts. A capability that can, checks the fence inside the
 * transaction of each write, so that a late effect of an attempt that was given up is refused.
 */
public interface Fence {

    /** {@return true while the attempt is the current one} */
    boolean isCurrent();

    /**
     * Returns while the attempt is current.
     *
     * @throws StaleAttemptException when the attempt was given up
     */
    default void ensureCurrent() {
        if (!isCurrent()) {
            throw new StaleAttemptException("the attempt was given up; its late effect is refused");
        }
    }

    /** {@return a fence that never falls: for work outside a run} */
    static Fence open() {
        return () -> true;
    }
}
