package dev.flowir.redis;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What is under way, within bounds: nobody waits for room, and nobody for others who enter. */
final class Budget {

    private final RedisBounds bounds;
    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private volatile boolean awaited;

    Budget(RedisBounds bounds) {
        this.bounds = bounds;
    }

    /** Takes room for a command; false when there is none. One alone may be larger than all. */
    boolean enter(long commandBytes) {
        int entered = commands.incrementAndGet();
        long entering = bytes.addAndGet(commandBytes);
        if (entered > bounds.commands() || (entered > 1 && entering > bounds.bytes())) {
            leave(commandBytes);
            return false;
        }
        return true;
    }

    void leave(long commandBytes) {
        bytes.addAndGet(-commandBytes);
        if (commands.decrementAndGet() == 0 && awaited) {
            lock.lock();
            try {
                empty.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits until nothing is under way, for as long as told and not interrupted. */
    void awaitEmpty(long mostNanos) {
        lock.lock();
        try {
            awaited = true;
            long left = mostNanos;
            while (commands.get() > 0 && left > 0) {
                left = empty.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    int commands() {
        return commands.get();
    }

    long bytes() {
        return bytes.get();
    }
}
