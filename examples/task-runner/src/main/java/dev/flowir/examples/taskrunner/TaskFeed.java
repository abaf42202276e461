package dev.flowir.examples.taskrunner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Status changes as they are committed, for whoever watches. Publishing never waits: a watcher that
 * falls more than {@value #BOUND} changes behind is told so and starts over from the store.
 */
final class TaskFeed {

    /** Changes that a watcher may be behind; our choice, a page shows 200 tasks. */
    static final int BOUND = 1000;

    /**
     * One committed change.
     *
     * @param taskId the task
     * @param status its new status
     */
    record Change(String taskId, String status) {}

    private final Set<Watcher> watchers = new CopyOnWriteArraySet<>();

    void publish(String taskId, Task.Status status) {
        Change change = new Change(taskId, status.word());
        for (Watcher watcher : watchers) {
            watcher.offer(change);
        }
    }

    /** Watches from now on; close it when done. */
    Watcher watch() {
        Watcher watcher = new Watcher();
        watchers.add(watcher);
        return watcher;
    }

    /** One who watches. */
    final class Watcher implements AutoCloseable {

        /** What {@link #next} answers. */
        sealed interface Next {}

        /**
         * A change.
         *
         * @param change what changed
         */
        record Changed(Change change) implements Next {}

        /** Changes were missed: read the store again. */
        record Missed() implements Next {}

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition more = lock.newCondition();
        private final Deque<Change> waiting = new ArrayDeque<>();
        private boolean missed;

        private void offer(Change change) {
            lock.lock();
            try {
                if (waiting.size() == BOUND) {
                    waiting.clear();
                    missed = true;
                }
                waiting.add(change);
                more.signal();
            } finally {
                lock.unlock();
            }
        }

        /** Waits for the next change. */
        Next next() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (waiting.isEmpty() && !missed) {
                    more.await();
                }
                if (missed) {
                    missed = false;
                    return new Missed();
                }
                return new Changed(waiting.remove());
            } finally {
                lock.unlock();
            }
        }

        /** Changes that wait to be taken. */
        int waiting() {
            lock.lock();
            try {
                return waiting.size();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            watchers.remove(this);
        }
    }
}
