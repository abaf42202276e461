package dev.flowir.kernel.exec;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that tell of timers. One leads: it looks for what is due and tells it, and where that
 * leads to bodies which only compute it runs them, for most take less than handing them over. A
 * second looks after the first. If a body keeps the first, the second leads from then on, so that
 * no timer waits for a body for long; and what is late already is handed over.
 */
final class Tellers implements AutoCloseable {

    /** A timer that is told of this much too late has its bodies run by others. */
    static final long LATE_NANOS = 1_000_000;

    /** A body that runs for so long, twice at most, keeps its thread for itself. */
    private static final long LOOK_AFTER_NANOS = 10_000_000;

    /** Threads that may be kept by bodies before all bodies are left to others. */
    private static final int MOST_KEPT = 2;

    /** Looks at nothing new before the second sleeps until the first has something to tell. */
    private static final int QUIET_LOOKS = 10;

    static final long FOREVER = Long.MAX_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(Tellers.class);

    /** Looks for what is due and has it told; gives the time until something may be due. */
    @FunctionalInterface
    interface Looking {
        long look(Teller teller);
    }

    /** A thread, and what the others read of it. */
    final class Teller {
        private final Thread thread;

        /** Odd while it tells of a timer. Only written by its thread. */
        private volatile long turns;

        /**
         * When it looks next; written before it looks for the last time before it waits, so a timer
         * that is first in its queue either is seen or sees.
         */
        private volatile long looksAtNanos = FOREVER;

        /**
         * True when somebody woke it since it began to look. That it was unparked does not tell: a
         * timer's task that waits for a lock uses that up.
         */
        private volatile boolean woken;

        // ---- the thread's own
        private boolean mayRunBodies;
        private boolean ranBodies;

        private Teller(Place begins) {
            thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("flowir-timeouts")
                            .unstarted(() -> work(this, begins));
        }

        /**
         * Tells of a timer.
         *
         * @param lateNanos since when it is due
         * @return true when that took its time, so that it is later than one thought
         */
        @SuppressWarnings("NonAtomicVolatileUpdate") // no other thread writes it
        boolean tell(Runnable task, long lateNanos) {
            mayRunBodies = lateNanos < LATE_NANOS && kept.get() < MOST_KEPT;
            ranBodies = false;
            turns++;
            if (secondSleeps) {
                wakeSecond();
            }
            try {
                task.run();
            } catch (RuntimeException | Error thrown) { // the other timers have no part in it
                LOG.error("a timer failed", thrown);
            } finally {
                turns++;
                mayRunBodies = false;
            }
            return ranBodies;
        }

        /** {@return whether it still leads; false when it was kept by a body for too long} */
        @SuppressWarnings("ReferenceEquality") // the very one
        boolean leads() {
            return leader == this && !closed;
        }
    }

    private enum Place {
        FIRST,
        SECOND
    }

    private final Looking looking;
    private final AtomicInteger kept = new AtomicInteger();
    private volatile @Nullable Teller leader;
    private volatile @Nullable Teller second;
    private volatile boolean secondSleeps;
    private volatile boolean closed;

    /** Starts no thread before it is woken. */
    Tellers(Looking looking) {
        this.looking = looking;
    }

    /** Something is due at a time before which nothing was. */
    void wake(long atNanos) {
        Teller first = leader;
        if (first == null) {
            first = start();
        }
        long looksAt = first.looksAtNanos;
        if (looksAt == FOREVER || atNanos - looksAt < 0) {
            first.woken = true;
            LockSupport.unpark(first.thread);
        }
    }

    /**
     * Asks for bodies to be run where it is asked.
     *
     * @return true, once for each timer, on the thread that tells of it in time
     */
    @SuppressWarnings("ReferenceEquality") // the very thread
    boolean mayRunBodies() {
        Teller first = leader;
        if (first == null
                || Thread.currentThread() != first.thread
                || !first.mayRunBodies
                || !hasSecond()) {
            return false;
        }
        first.mayRunBodies = false; // what they lead to on other runs is not for this thread
        first.ranBodies = true;
        return true;
    }

    // ---- who leads

    private synchronized Teller start() {
        Teller first = leader;
        if (first == null) {
            first = new Teller(Place.FIRST);
            leader = first;
            if (!closed) {
                first.thread.start();
            }
        }
        return first;
    }

    private boolean hasSecond() {
        return second != null || startSecond();
    }

    private synchronized boolean startSecond() {
        if (second == null && !closed) {
            Teller made = new Teller(Place.SECOND);
            made.thread.start();
            second = made;
        }
        return second != null;
    }

    private synchronized boolean becomeSecond(Teller teller) {
        if (second == null && !closed) {
            second = teller;
            return true;
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // the very one
    private synchronized boolean takeOver(Teller from, Teller teller) {
        if (closed || leader != from) {
            return false;
        }
        kept.incrementAndGet();
        leader = teller;
        second = null;
        return true;
    }

    private void wakeSecond() {
        Teller sleeping = second;
        if (sleeping != null) {
            LockSupport.unpark(sleeping.thread);
        }
    }

    // ---- the threads

    private void work(Teller me, Place begins) {
        boolean first = begins == Place.FIRST;
        while (!closed) {
            if (first) {
                lead(me);
                kept.decrementAndGet();
                first = false;
                if (!becomeSecond(me)) {
                    return;
                }
            } else {
                first = lookAfter(me);
            }
        }
    }

    private void lead(Teller me) {
        while (me.leads()) {
            me.woken = false;
            me.looksAtNanos = FOREVER; // until it is known better, whoever arms wakes
            long now = System.nanoTime();
            long left = looking.look(me);
            if (me.woken || !me.leads()) {
                continue;
            }
            if (left == FOREVER) {
                LockSupport.park(this);
            } else if (left > 0) {
                me.looksAtNanos = now + left;
                LockSupport.parkNanos(this, left);
            }
        }
    }

    /** Waits until the first is kept; true when this thread leads then. */
    @SuppressWarnings("ReferenceEquality") // the very one
    private boolean lookAfter(Teller me) {
        Teller watched = null;
        long seen = 0;
        long seenAtNanos = 0;
        int quiet = 0;
        while (!closed) {
            Teller first = leader;
            if (first == null) {
                return false;
            }
            long turns = first.turns;
            long now = System.nanoTime();
            if (first != watched || turns != seen) {
                watched = first;
                seen = turns;
                seenAtNanos = now;
                quiet = 0;
            } else if (now - seenAtNanos >= LOOK_AFTER_NANOS) {
                if ((turns & 1) == 1) {
                    if (takeOver(first, me)) {
                        return true;
                    }
                } else if (++quiet == QUIET_LOOKS) {
                    sleep(first, turns);
                    quiet = 0;
                }
            }
            LockSupport.parkNanos(this, LOOK_AFTER_NANOS);
        }
        return false;
    }

    private void sleep(Teller first, long turns) {
        secondSleeps = true; // before it looks again: whoever tells from now on wakes it
        if (first.turns == turns && !closed) {
            LockSupport.park(this);
        }
        secondSleeps = false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        Teller first = leader;
        if (first != null) {
            LockSupport.unpark(first.thread);
        }
        wakeSecond();
    }
}
