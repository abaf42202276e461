package dev.flowir.examples.imagepipeline;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes whoever watches when something was recorded. It holds nothing but a number. */
final class Feed {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long changes;

    void changed() {
        lock.lock();
        try {
            changes++;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many changes there were. Ask before looking, then wait for the next. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    void awaitAfter(long seen) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (changes == seen) {
                more.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
