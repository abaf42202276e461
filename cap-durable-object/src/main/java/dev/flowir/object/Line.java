package dev.flowir.object;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The calls of one object that wait, and who has the turn. Idle, it holds nothing. */
final class Line<C> {

    /** What became of a call that asked for a place. */
    enum Place {
        /** The turn is the caller's. */
        OWNER,
        /** It is in the line. */
        WAITING,
        /** There was no room. */
        FULL,
        /** The object has left memory; look it up again. */
        GONE
    }

    private final StoredSpace space;
    private @Nullable ArrayDeque<Message<C, ?>> waiting;
    private @Nullable ArrayDeque<CountDownLatch> returning;
    private boolean busy;
    private boolean gone;
    private int outstanding;
    private int watchers;
    private long lastUsedMillis;

    Line(StoredSpace space) {
        this.space = space;
    }

    synchronized Place admit(Message<C, ?> message, int bound) {
        if (gone) {
            return Place.GONE;
        }
        if (outstanding >= bound) {
            return Place.FULL;
        }
        outstanding++;
        message.waitsIn(this);
        if (!busy) {
            busy = true;
            return Place.OWNER;
        }
        ArrayDeque<Message<C, ?>> line = waiting;
        if (line == null) {
            line = new ArrayDeque<>(4);
            waiting = line;
        }
        line.add(message);
        return Place.WAITING;
    }

    /** Gives the place of a call free that will not run. */
    void withdraw(Message<C, ?> message) {
        boolean was;
        synchronized (this) {
            was = waiting != null && waiting.remove(message);
        }
        if (was) {
            settled();
        }
    }

    /** Empties the line; each call that is given has still to be settled. */
    synchronized List<Message<C, ?>> clear() {
        ArrayDeque<Message<C, ?>> line = waiting;
        if (line == null) {
            return List.of();
        }
        List<Message<C, ?>> all = List.copyOf(line);
        line.clear();
        return all;
    }

    /** A call is answered, or will not be. */
    synchronized void settled() {
        outstanding--;
        tellWatchers();
    }

    private void tellWatchers() {
        if (watchers > 0 && isIdle()) {
            notifyAll();
        }
    }

    /** Waits until nothing waits or runs; false when the time was over first. */
    synchronized boolean awaitIdle(long untilNanos) throws InterruptedException {
        watchers++;
        try {
            while (!isIdle()) {
                long left = untilNanos - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(left / 1_000_000 + 1);
            }
            return true;
        } finally {
            watchers--;
        }
    }

    synchronized boolean isIdle() {
        return outstanding == 0 && !busy;
    }

    /** Closes the line if nobody has called since; the object is forgotten then. */
    synchronized boolean retire(long unusedSinceMillis) {
        if (!isIdle() || lastUsedMillis > unusedSinceMillis) {
            return false;
        }
        gone = true;
        return true;
    }

    /** The turn is free for whoever returns first; true when the line must be run instead. */
    synchronized boolean release() {
        if (returnFirst()) {
            return false;
        }
        if (waiting == null || waiting.isEmpty()) {
            rest();
            return false;
        }
        return true;
    }

    /** The next call to run; null when the turn has gone to somebody else or nobody. */
    synchronized @Nullable Message<C, ?> next() {
        if (returnFirst()) {
            return null;
        }
        Message<C, ?> next = waiting == null ? null : waiting.poll();
        if (next == null) {
            rest();
        }
        return next;
    }

    private void rest() {
        busy = false;
        waiting = null;
        returning = null;
        lastUsedMillis = space.millis();
        tellWatchers();
    }

    private boolean returnFirst() {
        CountDownLatch first = returning == null ? null : returning.poll();
        if (first != null) {
            first.countDown();
        }
        return first != null;
    }

    /** Waits for the turn, before all that are in the line. */
    void takeAgain() {
        CountDownLatch place = new CountDownLatch(1);
        synchronized (this) {
            if (!busy) {
                busy = true;
                return;
            }
            if (returning == null) {
                returning = new ArrayDeque<>(2);
            }
            returning.add(place);
        }
        boolean interrupted = false;
        for (; ; ) {
            try {
                place.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the turn must be had again to end the call in order
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
