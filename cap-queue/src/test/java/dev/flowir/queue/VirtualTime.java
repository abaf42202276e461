package dev.flowir.queue;

import dev.flowir.kernel.cap.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/** A timeline and an executor that a test moves by hand; everything runs on the test's thread. */
final class VirtualTime implements Timeline, Executor {

    private record Alarm(Instant due, long number, Runnable action) {}

    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing(Alarm::due).thenComparingLong(Alarm::number));
    private final Deque<Runnable> work = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long numbers;

    BrokerOptions options() {
        return BrokerOptions.defaults().on(this, this);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Runnable schedule(Duration delay, Runnable action) {
        Alarm alarm = new Alarm(now.plus(delay), numbers++, action);
        alarms.add(alarm);
        return () -> withdraw(alarm);
    }

    private synchronized void withdraw(Alarm alarm) {
        alarms.remove(alarm);
    }

    synchronized int alarms() {
        return alarms.size();
    }

    @Override
    public synchronized void execute(Runnable task) {
        work.add(task);
    }

    private synchronized Runnable takeWork() {
        Runnable next = work.poll();
        return next == null ? () -> {} : next;
    }

    private synchronized boolean idle() {
        return work.isEmpty();
    }

    /** Runs what is to be done now. */
    void settle() {
        while (!idle()) {
            takeWork().run();
        }
    }

    /** Lets time pass, with everything that is due on the way. */
    void advance(Duration step) {
        settle();
        Instant goal = now.plus(step);
        while (!alarms.isEmpty() && !alarms.peek().due().isAfter(goal)) {
            Alarm next = alarms.poll();
            if (next.due().isAfter(now)) {
                now = next.due();
            }
            next.action().run();
            settle();
        }
        now = goal;
        settle();
    }
}
