package dev.flowir.servlet;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Who is in: bounded, closed while draining, and known, so that a drain can wait and cancel. */
final class Admission {

    /** The answer to somebody who wants in. */
    enum Answer {
        ADMITTED,
        FULL,
        DRAINING
    }

    private final int maxInFlight;
    private final int maxStreams;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Set<Exchange> requests = new HashSet<>();
    private final Set<Exchange> streams = new HashSet<>();
    private boolean draining;

    Admission(HostLimits limits) {
        this.maxInFlight = limits.maxInFlight();
        this.maxStreams = limits.maxStreams();
    }

    Answer enter(Exchange exchange) {
        lock.lock();
        try {
            if (draining) {
                return Answer.DRAINING;
            }
            if (requests.size() >= maxInFlight) {
                return Answer.FULL;
            }
            requests.add(exchange);
            return Answer.ADMITTED;
        } finally {
            lock.unlock();
        }
    }

    /** Counts an admitted request as a stream from now on. */
    Answer becomeStream(Exchange exchange) {
        lock.lock();
        try {
            if (streams.size() >= maxStreams) {
                return Answer.FULL;
            }
            if (requests.remove(exchange)) {
                streams.add(exchange);
            }
            return Answer.ADMITTED;
        } finally {
            lock.unlock();
        }
    }

    void leave(Exchange exchange) {
        lock.lock();
        try {
            if (requests.remove(exchange) || streams.remove(exchange)) {
                left.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isDraining() {
        lock.lock();
        try {
            return draining;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            draining = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nobody is in, at most {@code limit}; who still is. */
    List<Exchange> awaitEmpty(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long remainingNanos = limit.toNanos();
            while (remainingNanos > 0 && !(requests.isEmpty() && streams.isEmpty())) {
                remainingNanos = left.awaitNanos(remainingNanos);
            }
            Set<Exchange> all = new HashSet<>(requests);
            all.addAll(streams);
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    int inFlight() {
        lock.lock();
        try {
            return requests.size();
        } finally {
            lock.unlock();
        }
    }

    int openStreams() {
        lock.lock();
        try {
            return streams.size();
        } finally {
            lock.unlock();
        }
    }
}
