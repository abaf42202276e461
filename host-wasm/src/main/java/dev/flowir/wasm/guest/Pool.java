package dev.flowir.wasm.guest;

import com.sun.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Contexts of one guest: at most as many as may run at once, made when there is none idle. */
final class Pool {

    private final Supplier<GuestContext> maker;
    private final GuestLimits limits;
    private final ThreadMXBean threads;
    private final Semaphore places;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<GuestContext> idle = new ArrayDeque<>();
    private final AtomicLong made = new AtomicLong();
    private boolean closed;

    Pool(Supplier<GuestContext> maker, GuestLimits limits, ThreadMXBean threads) {
        this.maker = maker;
        this.limits = limits;
        this.threads = threads;
        this.places = new Semaphore(limits.contexts(), true);
    }

    /** Waits for a place. */
    GuestContext take() throws InterruptedException {
        places.acquire();
        try {
            GuestContext found = idle();
            if (found != null) {
                return found;
            }
            GuestContext fresh = maker.get();
            made.incrementAndGet();
            fresh.start();
            return fresh;
        } catch (RuntimeException | Error e) {
            places.release();
            throw e;
        }
    }

    private @Nullable GuestContext idle() {
        lock.lock();
        try {
            if (closed) {
                throw new GuestException(GuestFault.CLOSED, "the guest was closed");
            }
            return idle.pollLast(); // the one whose code is warm
        } finally {
            lock.unlock();
        }
    }

    /** Takes back what {@link #take} gave, and keeps it when it can be used again. */
    void give(GuestContext context) {
        boolean kept = false;
        // What a guest may have gathered in variables over all of its calls has the bound of one.
        if (context.isUsable() && context.allocatedSinceFirst(threads) <= limits.allocatedBytes()) {
            lock.lock();
            try {
                if (!closed) {
                    idle.addLast(context);
                    kept = true;
                }
            } finally {
                lock.unlock();
            }
        }
        if (!kept) {
            context.end();
        }
        places.release();
    }

    long made() {
        return made.get();
    }

    int open() {
        lock.lock();
        try {
            return idle.size() + limits.contexts() - places.availablePermits();
        } finally {
            lock.unlock();
        }
    }

    /** Ends what is idle and gives out no more; what still runs ends when it is given back. */
    void close() {
        lock.lock();
        try {
            closed = true;
            idle.forEach(GuestContext::end);
            idle.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all were given back, or {@code limit} is over. */
    void awaitGiven(Duration limit) throws InterruptedException {
        if (places.tryAcquire(limits.contexts(), limit.toNanos(), TimeUnit.NANOSECONDS)) {
            places.release(limits.contexts());
        }
    }
}
