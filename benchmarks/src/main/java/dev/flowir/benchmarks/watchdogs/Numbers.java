package dev.flowir.benchmarks.watchdogs;

/** Timers that nearly never fire, each a number; the clock is read by whoever arms them. */
interface Numbers extends AutoCloseable {

    long arm(long nowNanos, long delayNanos);

    void cancel(long alarm);

    @Override
    void close();
}
