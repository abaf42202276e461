package dev.flowir.object.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last events of one object while somebody subscribes to it, held once for all of them. A
 * subscriber is a place in the log: nothing is held for it.
 */
final class Live<E> implements LogObjects.Told<E> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Map<Long, Envelope<E>> recent = new HashMap<>();
    private final List<Runnable> bells = new CopyOnWriteArrayList<>();
    private final int bound;
    private long version;
    private int subscribers;
    private boolean closed;

    Live(int bound) {
        this.bound = bound;
    }

    boolean join(int most) {
        lock.lock();
        try {
            if (subscribers >= most) {
                return false;
            }
            subscribers++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** True when that was the last one. */
    boolean leave() {
        lock.lock();
        try {
            subscribers--;
            more.signalAll();
            return subscribers == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Rings a bell whenever there may be more, or the end: for one who does not wait here. */
    void hang(Runnable bell) {
        bells.add(bell);
    }

    void takeDown(Runnable bell) {
        bells.remove(bell);
    }

    /** Events may come in any order; each version once. */
    @Override
    public void publish(Envelope<E> event) {
        lock.lock();
        try {
            version = Math.max(version, event.version());
            recent.put(event.version(), event);
            recent.remove(event.version() - bound);
            more.signalAll();
        } finally {
            lock.unlock();
        }
        bells.forEach(Runnable::run);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
        bells.forEach(Runnable::run);
    }

    void wake() {
        lock.lock();
        try {
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What there is for one who has seen a version. */
    sealed interface Next<E> {

        /** The next event. */
        record Event<E>(Envelope<E> event) implements Next<E> {}

        /** It is further behind than may be. */
        record Behind<E>() implements Next<E> {}

        /** The next event is not held: it is in the log. */
        record InLog<E>() implements Next<E> {}

        /** Nothing came in time. */
        record Nothing<E>() implements Next<E> {}

        /** Nothing will come. */
        record Closed<E>() implements Next<E> {}
    }

    /** Waits for what follows a version; also asks whether the subscriber itself was closed. */
    Next<E> after(long known, long waitNanos, java.util.function.BooleanSupplier ended)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = waitNanos;
            while (true) {
                if (closed || ended.getAsBoolean()) {
                    return new Next.Closed<>();
                }
                if (version > known) {
                    break;
                }
                if (left <= 0) {
                    return new Next.Nothing<>();
                }
                left = more.awaitNanos(left);
            }
            if (version - known > bound) {
                return new Next.Behind<>();
            }
            return Optional.ofNullable(recent.get(known + 1))
                    .<Next<E>>map(Next.Event::new)
                    .orElseGet(Next.InLog::new);
        } finally {
            lock.unlock();
        }
    }
}
