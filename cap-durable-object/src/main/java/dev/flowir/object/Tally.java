package dev.flowir.object;

import java.util.concurrent.atomic.LongAdder;

/** What a space has counted since it was opened. */
final class Tally {

    private final LongAdder wakes = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final LongAdder resets = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder rung = new LongAdder();
    private final LongAdder abandoned = new LongAdder();

    void woke() {
        wakes.increment();
    }

    void evicted() {
        evicted.increment();
    }

    void reset() {
        resets.increment();
    }

    void refused() {
        refused.increment();
    }

    void rang() {
        rung.increment();
    }

    void abandoned() {
        abandoned.increment();
    }

    ObjectStats with(int awake) {
        return new ObjectStats(
                awake,
                wakes.sum(),
                evicted.sum(),
                resets.sum(),
                refused.sum(),
                rung.sum(),
                abandoned.sum());
    }
}
