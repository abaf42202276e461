package dev.flowir.kernel.exec;

import dev.flowir.kernel.ExecutionListener.AttemptEnd;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Machine;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.TimerKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one run. Used by whoever has the turn; most runs arm none, and it is then empty.
 * Limits are numbers; waits, which do end, are timers.
 */
final class RunTimers {

    private static final long NONE = -1;

    private final Driver driver;

    /** The number of the run among those that have limits; {@link #NONE} before it has one. */
    private long number = NONE;

    private long deadline = NONE;
    private long @Nullable [] limits;
    private TimeSource.@Nullable Timer @Nullable [] waits;

    RunTimers(Driver driver) {
        this.driver = driver;
    }

    /**
     * Arms a timer of the machine.
     *
     * @param attempt what has its place; null for none
     */
    void arm(long timer, TimerKind kind, long atNanos, @Nullable Attempt attempt) {
        if (kind == TimerKind.WINDOW || kind == TimerKind.PACE) {
            waits()[place(timer)] =
                    driver.environment().time().schedule(atNanos, () -> driver.timerFired(timer));
            return;
        }
        long length = length(kind, attempt);
        if (kind == TimerKind.BACKOFF) {
            await(timer, atNanos - length, length, () -> driver.timerFired(timer));
            return;
        }
        LimitedRuns limited = driver.environment().limited();
        if (number == NONE) {
            number = limited.add(driver);
        }
        long limit = limited.limits().arm(atNanos - length, length, number, timer);
        if (timer == Machine.DEADLINE_TIMER) {
            deadline = limit;
        } else {
            if (limits == null) {
                limits = new long[driver.places()];
                Arrays.fill(limits, NONE);
            }
            limits[Machine.place(timer)] = limit;
        }
    }

    /** Waits of attempts by their places, then those of windows by their numbers. */
    private TimeSource.@Nullable Timer[] waits() {
        if (waits == null) {
            waits = new TimeSource.Timer[driver.places() + driver.prepared().plan().windowCount()];
        }
        return waits;
    }

    private int place(long timer) {
        return timer < 0 ? (int) (driver.places() - 1 - timer) : Machine.place(timer);
    }

    /**
     * How long the time is that a timer stands for: the clock keeps those of one length together.
     */
    private long length(TimerKind kind, @Nullable Attempt attempt) {
        long length =
                switch (kind) {
                    case DEADLINE -> driver.deadlineNanos();
                    case ATTEMPT -> attempt == null ? 1 : attempt.limitNanos();
                    case BACKOFF, PACE ->
                            attempt == null ? 1 : driver.prepared().backoffNanos(attempt.head());
                    case WINDOW -> 1; // has its own instant, of no length
                };
        return Math.clamp(length, 1, MachineSettings.FAR_NANOS);
    }

    private void await(long ticket, long fromNanos, long lengthNanos, Runnable then) {
        waits()[place(ticket)] = driver.environment().time().arm(fromNanos, lengthNanos, then);
    }

    /** Lets a node sleep that does nothing else: it needs a timer and no thread. */
    void sleep(Attempt attempt) {
        long now = driver.now();
        if (attempt.limitNanos() > 0) {
            driver.post(new Event.BodyStarted(now, attempt.ticket()));
        }
        attempt.fellAsleep(now);
        long length = driver.prepared().sleepNanos(attempt.head());
        await(attempt.ticket(), now, Math.max(1, length), () -> driver.exchange(attempt.slept()));
    }

    /** An attempt that may sleep was given up. */
    void wake(Attempt attempt) {
        if (attempt.sleeps()) {
            cancelWait(attempt.ticket());
            attempt.awoke(AttemptEnd.GIVEN_UP);
        }
    }

    void cancel(long timer) {
        if (timer == Machine.DEADLINE_TIMER) {
            cancelLimit(deadline);
            return;
        }
        if (timer < 0) {
            cancelWait(timer);
            return;
        }
        int place = Machine.place(timer);
        if (limits != null) {
            cancelLimit(limits[place]);
            limits[place] = NONE;
        }
        cancelWait(timer);
    }

    private void cancelLimit(long limit) {
        if (limit != NONE) {
            driver.environment().limited().limits().cancel(limit);
        }
    }

    private void cancelWait(long ticket) {
        TimeSource.Timer wait = waits == null ? null : waits[place(ticket)];
        if (wait != null) {
            wait.cancel();
        }
    }

    /** The run is over: nobody needs to be told of a limit any more. */
    void ended() {
        if (number != NONE) {
            driver.environment().limited().remove(number);
        }
    }
}
