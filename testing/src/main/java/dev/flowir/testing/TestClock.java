package dev.flowir.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time that moves only when told to. It starts on 2026-01-01 at 00:00 UTC. Safe for use by several
 * threads.
 */
public final class TestClock implements InstantSource {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing(Alarm::due).thenComparingLong(Alarm::number));
    private Instant now = START;
    private long numbers;

    private record Alarm(Instant due, long number, Runnable action) {}

    /** A clock at its start. */
    public TestClock() {}

    @Override
    public Instant instant() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Calls {@code action} once, during the {@link #advance} that reaches {@code delay} from now,
     * on the thread that advances. A delay of zero or less waits for the next {@code advance} too.
     *
     * @param delay how long from now
     * @param action what to call
     * @return withdraws it, if it has not been called
     */
    public Runnable schedule(Duration delay, Runnable action) {
        lock.lock();
        try {
            Alarm alarm = new Alarm(now.plus(delay), numbers++, action);
            alarms.add(alarm);
            return () -> withdraw(alarm);
        } finally {
            lock.unlock();
        }
    }

    /** {@return when the next action is due; empty when none is scheduled} */
    public Optional<Instant> nextAlarm() {
        lock.lock();
        try {
            return Optional.ofNullable(alarms.peek()).map(Alarm::due);
        } finally {
            lock.unlock();
        }
    }

    /** Actions that are scheduled. */
    int alarms() {
        lock.lock();
        try {
            return alarms.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves time on, stopping at every scheduled action on the way: each sees the time that it was
     * scheduled for, and may schedule more.
     *
     * @param step how far; not negative
     */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + step);
        }
        Instant goal = instant().plus(step);
        Optional<Runnable> action = next(goal);
        while (action.isPresent()) {
            action.get().run();
            action = next(goal);
        }
    }

    /**
     * The next action due by {@code goal}, with the clock moved to it; or the clock at the goal.
     */
    private Optional<Runnable> next(Instant goal) {
        lock.lock();
        try {
            Alarm first = alarms.peek();
            if (first == null || first.due().isAfter(goal)) {
                now = now.isAfter(goal) ? now : goal;
                return Optional.empty();
            }
            alarms.remove();
            now = first.due().isAfter(now) ? first.due() : now;
            return Optional.of(first.action());
        } finally {
            lock.unlock();
        }
    }

    private void withdraw(Alarm alarm) {
        lock.lock();
        try {
            alarms.remove(alarm);
        } finally {
            lock.unlock();
        }
    }
}
