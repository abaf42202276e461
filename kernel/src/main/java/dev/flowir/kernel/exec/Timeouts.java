package dev.flowir.kernel.exec;

import dev.flowir.kernel.host.TimeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Timers of few lengths: waits before a repeat, and sleeps. Among timers of one length the one
 * armed first is due first: so each length has a queue of its own, to which arming appends and out
 * of which cancelling unlinks, whatever their number. {@link Tellers} look at the heads.
 */
final class Timeouts implements AutoCloseable {

    /** Lengths that have a queue at a time. The caller looks after what does not fit. */
    static final int LENGTHS = 32;

    /** A timer in its queue; the queue's own stands for both ends. */
    private static final class Entry implements TimeSource.Timer {
        private final @Nullable Queue queue;
        private final long atNanos;

        /** Null when it is in no queue, or is the queue's own. */
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

    /** A timer that has left its queue. */
    private record Due(Runnable task, long atNanos) {}

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
        synchronized @Nullable Due takeDue(long now) {
            Entry first = ends.after;
            Runnable task = first.task;
            if (task == null || first.atNanos - now > 0) {
                return null;
            }
            unlink(first);
            return new Due(task, first.atNanos);
        }

        synchronized boolean isEmpty() {
            return ends.after == ends;
        }

        /** Time until the first is due. */
        synchronized long left(long now) {
            return isEmpty() ? Tellers.FOREVER : Math.max(0, ends.after.atNanos - now);
        }
    }

    private final Tellers tellers = new Tellers(this::look);
    private volatile Queue[] queues = {};
    private boolean closed;

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
            tellers.wake(entry.atNanos);
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

    /**
     * Asks for bodies to be run where it is asked: true on the thread that tells of a timer in
     * time.
     */
    boolean mayRunBodies() {
        return tellers.mayRunBodies();
    }

    private long look(Tellers.Teller teller) {
        long now = System.nanoTime();
        long left = Tellers.FOREVER;
        for (Queue queue : queues) {
            for (Due due = queue.takeDue(now); due != null; due = queue.takeDue(now)) {
                boolean took = teller.tell(due.task(), now - due.atNanos());
                if (!teller.leads()) {
                    return 0;
                }
                if (took) {
                    now = System.nanoTime();
                }
            }
            left = Math.min(left, queue.left(System.nanoTime()));
        }
        return left;
    }

    @Override
    public synchronized void close() {
        closed = true;
        tellers.close();
    }
}
