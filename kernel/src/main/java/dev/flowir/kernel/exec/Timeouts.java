package dev.flowir.kernel.exec;

import dev.flowir.kernel.host.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Timers of few lengths: waits before a repeat, and sleeps. Among timers of one length the one
 * armed first is due first: so each length has a queue of its own, to which arming appends and out
 * of which cancelling unlinks, whatever their number. One daemon thread looks at the heads.
 */
final class Timeouts implements AutoCloseable {

    /** Lengths that have a queue at a time. The caller looks after what does not fit. */
    static final int LENGTHS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Timeouts.class);

    /** Timers that are told of before what follows from them is done. */
    private static final int TOGETHER = 64;

    private static final long FOREVER = Long.MAX_VALUE;

    /** A timer in its queue; the queue's own stands for both ends. */
    private static final class Entry implements TimeSource.Timer {
        private final @Nullable Queue queue;
        private final long atNanos;
        private @Nullable Runnable task;
        private Entry before = this;
        private Entry after = this;

        Entry(@Nullable Queue queue, long atNanos, @Nullable Runnable task) {
            this.queue = queue;
            this.atNanos = atNanos;
            this.task = task;
        }

        @Override
        public void cancel() {
            if (queue != null) {
                queue.remove(this);
            }
        }
    }

    /** Timers of one length. */
    private static final class Queue {
        private final long lengthNanos;
        private final Entry ends = new Entry(null, 0, null);

        Queue(long lengthNanos) {
            this.lengthNanos = lengthNanos;
        }

        /** Appends; true when it is the first, so that somebody must look when it is due. */
        synchronized boolean add(Entry entry) {
            Entry last = ends.before;
            entry.before = last;
            entry.after = ends;
            last.after = entry;
            ends.before = entry;
            return last == ends;
        }

        synchronized void remove(Entry entry) {
            if (entry.task != null) {
                unlink(entry);
            }
        }

        private static void unlink(Entry entry) {
            entry.before.after = entry.after;
            entry.after.before = entry.before;
            entry.before = entry;
            entry.after = entry;
            entry.task = null;
        }

        /** Takes what is due; null when nothing is. */
        synchronized @Nullable Runnable takeDue(long now) {
            Entry first = ends.after;
            Runnable task = first.task;
            if (task == null || first.atNanos - now > 0) {
                return null;
            }
            unlink(first);
            return task;
        }

        synchronized boolean isEmpty() {
            return ends.after == ends;
        }

        /** Time until the first is due. */
        synchronized long left(long now) {
            return isEmpty() ? FOREVER : Math.max(0, ends.after.atNanos - now);
        }
    }

    private volatile Queue[] queues = {};
    private @Nullable Thread thread;
    private volatile boolean closed;

    // ---- the thread's own
    private final Set<Runnable> after = new LinkedHashSet<>();
    private int told;

    /**
     * When the thread looks next; written by it before it looks for the last time before it waits,
     * so a timer that is first in its queue either is seen or sees.
     */
    private volatile long looksAtNanos = FOREVER;

    /**
     * True when somebody woke the thread since it began to look. That it was unparked does not
     * tell: a timer's task that waits for a lock uses that up.
     */
    private volatile boolean woken;

    /**
     * Arms a timer.
     *
     * @param fromNanos when the time begins to count
     * @param lengthNanos how long it is
     * @return the timer; null when there are too many lengths already
     */
    TimeSource.@Nullable Timer arm(long fromNanos, long lengthNanos, Runnable task) {
        Queue queue = queue(lengthNanos);
        if (queue == null) {
            return null;
        }
        Entry entry = new Entry(queue, fromNanos + lengthNanos, task);
        if (queue.add(entry)) {
            wake(entry.atNanos);
        }
        return entry;
    }

    private @Nullable Queue queue(long lengthNanos) {
        for (Queue queue : queues) {
            if (queue.lengthNanos == lengthNanos) {
                return queue;
            }
        }
        return newQueue(lengthNanos);
    }

    private synchronized @Nullable Queue newQueue(long lengthNanos) {
        for (Queue queue : queues) {
            if (queue.lengthNanos == lengthNanos) {
                return queue;
            }
        }
        if (queues.length == LENGTHS || closed) {
            return null;
        }
        List<Queue> more = new ArrayList<>(List.of(queues));
        more.add(new Queue(lengthNanos));
        queues = more.toArray(new Queue[0]);
        return more.get(more.size() - 1);
    }

    private void wake(long atNanos) {
        long looksAt = looksAtNanos;
        if (looksAt == FOREVER || atNanos - looksAt < 0) {
            woken = true;
            start();
            LockSupport.unpark(thread);
        }
    }

    private synchronized void start() {
        if (thread == null && !closed) {
            thread = Thread.ofPlatform().daemon().name("flowir-timeouts").unstarted(this::look);
            thread.start();
        }
    }

    /**
     * Has something done once for all the timers that are being told of now; false on any other
     * thread than the one that tells them.
     */
    @SuppressWarnings("ReferenceEquality") // the very thread
    boolean afterThese(Runnable then) {
        boolean here = Thread.currentThread() == thread;
        if (here) {
            after.add(then);
        }
        return here;
    }

    private void told() {
        told = 0;
        if (!after.isEmpty()) {
            after.forEach(Timeouts::run);
            after.clear();
        }
    }

    private void look() {
        while (!closed) {
            woken = false;
            looksAtNanos = FOREVER; // until it is known better, whoever arms wakes
            long now = System.nanoTime();
            long left = FOREVER;
            for (Queue queue : queues) {
                for (Runnable due = queue.takeDue(now); due != null; due = queue.takeDue(now)) {
                    run(due);
                    if (++told == TOGETHER) {
                        told();
                    }
                }
                left = Math.min(left, queue.left(System.nanoTime()));
            }
            told();
            if (woken) {
                continue;
            }
            if (left == FOREVER) {
                LockSupport.park(this);
            } else if (left > 0) {
                looksAtNanos = now + left;
                LockSupport.parkNanos(this, left);
            }
        }
    }

    private static void run(Runnable due) {
        try {
            due.run();
        } catch (RuntimeException | Error thrown) { // the other timers have no part in it
            LOG.error("a timer failed", thrown);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
