package dev.flowir.kernel.exec;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the deadlines of runs on lanes. A thread looks at all lanes now and then; a run's time
 * counts from the first look that sees it, so it is never stopped early and at most two looks late.
 * The thread sleeps when no run has a deadline, and goes when that lasts.
 */
final class LaneWatch implements Runnable {

    private static final long SHORTEST_LOOK_NANOS = 1_000_000;
    private static final long LONGEST_LOOK_NANOS = 10_000_000;
    private static final long SLEEP_NANOS = 1_000_000_000;
    private static final int LOOKS_BEFORE_SLEEP = 20;
    private static final int SLEEPS_BEFORE_GOING = 10;

    /** What a look answers that found no run with a deadline. */
    private static final long NOTHING = Long.MAX_VALUE;

    private final Lanes lanes;

    /** True while nobody looks. A run with a deadline that reads true wakes the watch. */
    private volatile boolean asleep = true;

    private volatile boolean closed;
    private @Nullable Thread thread;

    LaneWatch(Lanes lanes) {
        this.lanes = lanes;
    }

    /** Called by each run with a deadline, after it has said that it is on: one read. */
    void expect() {
        if (asleep) {
            wake();
        }
    }

    private synchronized void wake() {
        if (closed) {
            return;
        }
        asleep = false;
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("flowir-watch").unstarted(this);
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
    }

    synchronized void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        int quiet = 0;
        while (!closed) {
            long next = look(System.nanoTime());
            quiet = next == NOTHING ? quiet + 1 : 0;
            if (quiet < LOOKS_BEFORE_SLEEP) {
                LockSupport.parkNanos(Math.min(next, LONGEST_LOOK_NANOS));
            } else if (sleep()) {
                return;
            } else {
                quiet = 0;
            }
        }
    }

    /** Sleeps until a run needs the watch; true when none does for long and the thread may go. */
    private boolean sleep() {
        asleep = true;
        // A run that read "awake" just before is on its lane by the next look: see Lane.
        LockSupport.parkNanos(LONGEST_LOOK_NANOS);
        for (int slept = 0; asleep && !closed; slept++) {
            if (look(System.nanoTime()) != NOTHING) {
                asleep = false;
            } else if (slept == SLEEPS_BEFORE_GOING) {
                synchronized (this) {
                    if (asleep) {
                        thread = null;
                        return true;
                    }
                }
            } else {
                LockSupport.parkNanos(SLEEP_NANOS);
            }
        }
        return false;
    }

    /** Looks at every lane; returns when to look again. */
    private long look(long now) {
        long next = NOTHING;
        for (Lane lane : lanes.all()) {
            next = Math.min(next, look(lane, now));
        }
        return next;
    }

    private static long look(Lane lane, long now) {
        long turn = lane.turn();
        long limit = lane.limit();
        if (turn != lane.turn() || turn != lane.seenTurn) {
            lane.seenTurn = turn; // a new run, or a limit that may be the next one's
            lane.seenAtNanos = now;
            return limit < 0 ? NOTHING : between(limit);
        }
        if ((turn & 1) == 0) {
            return NOTHING;
        }
        if (lane.isStopped(turn)) {
            lane.interrupt(turn); // does nothing the second time
            return NOTHING;
        }
        if (limit < 0) {
            return NOTHING;
        }
        long left = limit - (now - lane.seenAtNanos);
        if (left > 0) {
            return between(left);
        }
        Thread runner = lane.runner();
        String doing = runner == null ? "" : Interrupter.describe(runner);
        lane.claim(turn, new Lane.Stop("", doing));
        return SHORTEST_LOOK_NANOS;
    }

    private static long between(long nanos) {
        return Math.clamp(nanos, SHORTEST_LOOK_NANOS, LONGEST_LOOK_NANOS);
    }

    /** Time that the run of {@code turn} has been seen to take. */
    static long elapsed(Lane lane, long turn) {
        return lane.seenTurn == turn ? Math.max(0, System.nanoTime() - lane.seenAtNanos) : 0;
    }
}
