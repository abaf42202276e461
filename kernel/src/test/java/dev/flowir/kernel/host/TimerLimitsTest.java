package dev.flowir.kernel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits of a clock that has timers and nothing else. */
class TimerLimitsTest {

    /** A clock whose timers are fired by hand. */
    private static final class Clock implements TimeSource {
        private final List<Runnable> timers = new ArrayList<>();
        private boolean atOnce;

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Timer schedule(long atNanos, Runnable task) {
            if (atOnce) {
                task.run();
            } else {
                timers.add(task);
            }
            return () -> timers.remove(task);
        }
    }

    private final Clock clock = new Clock();
    private final List<String> told = new ArrayList<>();
    private final Limits limits = clock.limits((first, second) -> told.add(first + " " + second));

    @Test
    void passesOnceWithWhatItWasArmedWith() {
        long limit = limits.arm(0, 5, 1, 2);
        clock.timers.get(0).run();
        assertEquals(List.of("1 2"), told);
        limits.cancel(limit);
        assertEquals(1, clock.timers.size()); // it passed: nothing was left to cancel
    }

    @Test
    void cancellingForgetsTheTimer() {
        long first = limits.arm(0, 5, 1, 0);
        long second = limits.arm(0, 5, 2, 0);
        limits.cancel(first);
        limits.cancel(first);
        assertEquals(1, clock.timers.size());
        limits.cancel(second);
        assertEquals(0, clock.timers.size());
        assertEquals(List.of(), told);
    }

    @Test
    void oneThatPassesBeforeItIsArmedIsNotKept() {
        clock.atOnce = true;
        long limit = limits.arm(0, 5, 1, 0);
        assertEquals(List.of("1 0"), told);
        clock.atOnce = false;
        limits.cancel(limit);
        limits.arm(0, 5, 2, 0);
        assertEquals(1, clock.timers.size());
    }
}
