package dev.flowir.kernel.exec;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Admits runs up to a bound, knows those under way, and closes. */
public final class Gate {

    private static final int CLOSED = Integer.MIN_VALUE / 2;

    private final int bound;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Set<Active> active = ConcurrentHashMap.newKeySet();

    /** A gate for {@code bound} runs at a time. */
    public Gate(int bound) {
        this.bound = bound;
    }

    /** Takes a place; false when none is free or the gate is closed. */
    public boolean admit() {
        int before = inFlight.getAndIncrement();
        if (before >= 0 && before < bound) {
            return true;
        }
        inFlight.getAndDecrement();
        return false;
    }

    /** Gives a place back that was taken and not used. */
    public void release() {
        inFlight.getAndDecrement();
        synchronized (this) {
            notifyAll();
        }
    }

    void entered(Active run) {
        active.add(run);
    }

    void left(Active run) {
        active.remove(run);
        inFlight.getAndDecrement();
        if (isClosed()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Places taken. */
    public int inFlight() {
        int count = inFlight.get();
        return count < 0 ? count - CLOSED : count;
    }

    /** Places there are. */
    public int bound() {
        return bound;
    }

    /** True once the gate is closed. */
    public boolean isClosed() {
        return inFlight.get() < 0;
    }

    /** Admits nobody any more. */
    public void close() {
        int before = inFlight.get();
        while (before >= 0 && !inFlight.compareAndSet(before, before + CLOSED)) {
            before = inFlight.get();
        }
    }

    /**
     * Waits until nothing is under way; false when {@code limit} passed before.
     *
     * @throws InterruptedException when the calling thread was interrupted
     */
    public boolean awaitEmpty(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + Nanos.of(limit);
        synchronized (this) {
            while (inFlight() > 0) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(left / 1_000_000 + 1);
            }
        }
        return true;
    }

    /** Ends everything that is under way. */
    public void cancelAll(String reason) {
        for (Active run : List.copyOf(active)) {
            run.cancel(reason);
        }
    }
}
