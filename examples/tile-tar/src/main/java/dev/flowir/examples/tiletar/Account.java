package dev.flowir.examples.tiletar;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Processor time of one archive, over all its nodes and calls: to give the processor away between
 * two of them starts nothing anew.
 */
final class Account {

    private final long budgetNanos;
    private final AtomicLong used = new AtomicLong();
    private final Map<String, Use> nodes = new TreeMap<>();

    Account(Duration budget) {
        budgetNanos = budget.toNanos();
    }

    long leftNanos() {
        return budgetNanos - used.get();
    }

    void add(String node, long processorNanos, long wallNanos) {
        used.addAndGet(processorNanos);
        synchronized (nodes) {
            nodes.merge(node, new Use(1, processorNanos, wallNanos), Use::and);
        }
    }

    /** What each node has used, by name. */
    Map<String, Use> uses() {
        synchronized (nodes) {
            return new TreeMap<>(nodes);
        }
    }

    LimitException exceeded(String node, long runningNanos) {
        long millis = (used.get() + runningNanos) / 1_000_000;
        Use before = uses().getOrDefault(node, Use.NONE);
        return new LimitException(
                LimitException.PROCESSOR,
                "'"
                        + node
                        + "' is in its call "
                        + (before.calls() + (runningNanos > 0 ? 1 : 0))
                        + " when the archive has used "
                        + millis
                        + " ms of processors, and the profile gives "
                        + budgetNanos / 1_000_000
                        + " ms; to yield between calls does not change that, and waiting does not"
                        + " count");
    }
}
