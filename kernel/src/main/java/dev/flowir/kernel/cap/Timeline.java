package dev.flowir.kernel.cap;

import java.time.Duration;
import java.time.InstantSource;

/** Time as a capability sees it: what it is now, and being called later. */
public interface Timeline extends InstantSource {

    /**
     * Calls {@code action} once, not before {@code delay} is over. The action is short: it only
     * signals.
     *
     * @param delay how long from now; zero or less means soon
     * @param action what to call
     * @return withdraws it, unless it was called
     */
    Runnable schedule(Duration delay, Runnable action);

    /**
     * The time of this machine.
     *
     * @return a timeline with one daemon thread, which it starts when it is first needed
     */
    static Timeline system() {
        return SystemTimeline.SHARED;
    }
}
