package dev.flowir.blob;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers noted changes: a virtual thread for each rule that is connected. */
final class Outbox implements BlobEvents {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private static final int MOST_AT_ONCE = 100;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Catalog catalog;
    private final Map<String, Courier> couriers = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long wakes;

    Outbox(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void connect(EventRule rule, BlobEventSink sink) {
        Courier courier = new Courier(rule, sink);
        lock.lock();
        try {
            for (EventRule other : rules()) {
                if (other.id().equals(rule.id()) || other.overlaps(rule)) {
                    throw new BlobException(
                            BlobFault.RULES_OVERLAP,
                            "one change could match the rules "
                                    + other.id()
                                    + " and "
                                    + rule.id()
                                    + "; give them prefixes or suffixes that exclude each other");
                }
            }
            couriers.put(rule.id(), courier);
        } finally {
            lock.unlock();
        }
        courier.thread.start();
    }

    @Override
    public void disconnect(String ruleId) {
        Courier courier = couriers.remove(ruleId);
        if (courier != null) {
            courier.end();
        }
    }

    @Override
    public List<EventRule> rules() {
        return couriers.values().stream().map(courier -> courier.rule).toList();
    }

    @Override
    public long pending() {
        return catalog.read(Rows::notedCount);
    }

    @Override
    public boolean awaitDelivered(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (couriers.values().stream().anyMatch(Courier::hasWork)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Something was noted. */
    void wake() {
        lock.lock();
        try {
            wakes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        List.copyOf(couriers.keySet()).forEach(this::disconnect);
    }

    private final class Courier {
        private final EventRule rule;
        private final BlobEventSink sink;
        private final Thread thread;
        private volatile boolean ended;
        private long idleAt = -1;

        Courier(EventRule rule, BlobEventSink sink) {
            this.rule = rule;
            this.sink = sink;
            this.thread =
                    Thread.ofVirtual().name("flowir-blob-events-" + rule.id()).unstarted(this::run);
        }

        void end() {
            ended = true;
            thread.interrupt();
            boolean interrupted = false;
            while (thread.isAlive() && !Thread.currentThread().equals(thread)) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** Under the lock. */
        boolean hasWork() {
            return idleAt != wakes && !ended;
        }

        private void run() {
            Duration pause = FIRST_PAUSE;
            while (!ended) {
                try {
                    long seen = wakes();
                    if (!deliver()) {
                        await(seen);
                    }
                    pause = FIRST_PAUSE;
                } catch (InterruptedException e) {
                    LOG.debug("Delivery of {} was interrupted", rule.id(), e);
                } catch (Exception e) { // the sink's, or the store's: it comes again
                    if (!ended) {
                        LOG.warn("Delivery of {} failed; again in {}", rule.id(), pause, e);
                        pause(pause);
                        pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
                    }
                }
            }
        }

        /** Delivers some; false when there is nothing. */
        private boolean deliver() throws Exception {
            List<NotedEvent> noted = catalog.read(rows -> rows.noted(rule.id(), MOST_AT_ONCE));
            if (noted.isEmpty()) {
                return false;
            }
            sink.deliver(noted.stream().map(NotedEvent::event).toList());
            catalog.write(
                    rows -> {
                        rows.forget(noted);
                        return true;
                    },
                    () -> {});
            return true;
        }

        private void await(long seen) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (wakes == seen && !ended) {
                    idleAt = seen;
                    changed.signalAll();
                    changed.await();
                }
            } finally {
                idleAt = -1;
                lock.unlock();
            }
        }

        private void pause(Duration time) {
            lock.lock();
            try {
                long left = time.toNanos();
                while (left > 0 && !ended) {
                    left = changed.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                LOG.debug("The pause of {} was interrupted", rule.id(), e);
            } finally {
                lock.unlock();
            }
        }
    }

    private long wakes() {
        lock.lock();
        try {
            return wakes;
        } finally {
            lock.unlock();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
