package dev.flowir.kernel.machine;

/** What a timer is for: a driver may relax the watchdogs, never a delay. */
public enum TimerKind {
    /** Ends the run. */
    DEADLINE,
    /** Ends an attempt. */
    ATTEMPT,
    /** Begins the next attempt. */
    BACKOFF,
    /** Begins an attempt that its node's rate did not allow before. */
    PACE,
    /** Ends windows that go by the clock. */
    WINDOW;

    /** {@return true for timers that only guard against bodies that take too long} */
    public boolean isWatchdog() {
        return this == DEADLINE || this == ATTEMPT;
    }
}
