package dev.flowir.redis;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What is under way, within bounds: nobody waits for room. */
final class Budget {

    private final RedisBounds bounds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private int commands;
    private long bytes;

    Budget(RedisBounds bounds) {
        this.bounds = bounds;
    }

    /** Takes room for a command; false when there is none. One alone may be larger than all. */
    boolean enter(long commandBytes) {
        lock.lock();
        try {
            boolean fits = commands == 0 || bytes + commandBytes <= bounds.bytes();
            if (commands >= bounds.commands() || !fits) {
                return false;
            }
            commands++;
            bytes += commandBytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(long commandBytes) {
        lock.lock();
        try {
            commands--;
            bytes -= commandBytes;
            if (commands == 0) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is under way, for as long as told and not interrupted. */
    void awaitEmpty(long mostNanos) {
        lock.lock();
        try {
            long left = mostNanos;
            while (commands > 0 && left > 0) {
                left = empty.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    int commands() {
        lock.lock();
        try {
            return commands;
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
