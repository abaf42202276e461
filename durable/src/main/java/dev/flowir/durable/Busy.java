package dev.flowir.durable;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what is under way, and tells when nothing is. */
final class Busy {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final AtomicInteger count = new AtomicInteger();

    void begin() {
        count.incrementAndGet();
    }

    void end() {
        if (count.decrementAndGet() == 0) {
            lock.lock(); // whoever has looked and found more waits already
            try {
                idle.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** True when nothing is under way, now or before {@code limitNanos} are over. */
    boolean awaitIdle(long limitNanos) throws InterruptedException {
        long left = limitNanos;
        lock.lockInterruptibly();
        try {
            while (count.get() > 0) {
                if (left <= 0) {
                    return false;
                }
                left = idle.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
