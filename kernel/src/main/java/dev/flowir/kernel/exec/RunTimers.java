package dev.flowir.kernel.exec;

import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.TimerKind;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one run. Used by whoever has the turn; most runs arm none, and it is then empty.
 */
final class RunTimers {

    private final Driver driver;
    private TimeSource.@Nullable Timer deadline;
    private TimeSource.@Nullable Timer @Nullable [] ofAttempts;

    RunTimers(Driver driver) {
        this.driver = driver;
    }

    void arm(long timer, TimerKind kind, long atNanos) {
        long length = driver.length(timer, kind);
        TimeSource.Timer armed =
                driver.environment().time().arm(atNanos - length, length, () -> fire(timer, kind));
        if (timer == Machine.DEADLINE_TIMER) {
            deadline = armed;
            return;
        }
        if (ofAttempts == null) {
            ofAttempts = new TimeSource.Timer[driver.places()];
        }
        ofAttempts[Machine.place(timer)] = armed;
    }

    void cancel(long timer) {
        TimeSource.Timer armed = armed(timer);
        if (armed != null) {
            armed.cancel();
        }
    }

    private TimeSource.@Nullable Timer armed(long timer) {
        if (timer == Machine.DEADLINE_TIMER) {
            return deadline;
        }
        return ofAttempts == null ? null : ofAttempts[Machine.place(timer)];
    }

    /** The timer thread only says that it is time: moving on may mean running bodies. */
    private void fire(long timer, TimerKind kind) {
        if (kind == TimerKind.BACKOFF) { // gives nobody up, so it looks at no stacks: quick
            driver.exchange(new Event.TimerFired(driver.now(), timer));
            return;
        }
        Thread.ofVirtual()
                .name("flowir-timer")
                .start(() -> driver.exchange(new Event.TimerFired(driver.now(), timer)));
    }
}
