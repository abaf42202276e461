package dev.flowir.queue;

import dev.flowir.kernel.cap.Timeline;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets senders in: at the profile's rate, and when there is room. */
final class Admission {

    private final Timeline timeline;
    private final OptionalInt perSecond;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private long roomMade; // guarded by lock, as all below
    private long second;
    private int sentInSecond;
    private boolean closed;

    Admission(BrokerOptions options) {
        this.timeline = options.timeline();
        this.perSecond = options.limits().sendsPerSecond();
    }

    /** Counts sends against the profile's rate; false when it is used up for this second. */
    boolean count(int messages) {
        if (perSecond.isEmpty()) {
            return true;
        }
        lock.lock();
        try {
            long now = timeline.millis() / 1000;
            if (now != second) {
                second = now;
                sentInSecond = 0;
            }
            if (sentInSecond + messages > perSecond.getAsInt()) {
                return false;
            }
            sentInSecond += messages;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Messages left, or the bound changed. */
    void roomMade() {
        lock.lock();
        try {
            roomMade++;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Changes when messages leave: a mark to {@link #await} from. */
    long mark() {
        lock.lock();
        try {
            return roomMade;
        } finally {
            lock.unlock();
        }
    }

    /** When a wait that begins now is over, for {@link #await}. */
    long deadlineMillis(Duration wait) {
        return timeline.millis() + wait.toMillis();
    }

    /** Waits until messages left since {@code mark}; false when that was not in time. */
    boolean await(long mark, long deadlineMillis) throws InterruptedException {
        Runnable withdraw =
                timeline.schedule(
                        Duration.ofMillis(deadlineMillis - timeline.millis()), this::wake);
        lock.lockInterruptibly();
        try {
            while (roomMade == mark && timeline.millis() < deadlineMillis && !closed) {
                room.await();
            }
            return roomMade != mark;
        } finally {
            lock.unlock();
            withdraw.run();
        }
    }

    private void wake() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody is let wait any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
