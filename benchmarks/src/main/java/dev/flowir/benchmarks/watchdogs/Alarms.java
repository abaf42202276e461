package dev.flowir.benchmarks.watchdogs;

/**
 * Timers that nearly never fire.
 *
 * @param <H> what a timer is cancelled by
 */
interface Alarms<H> extends AutoCloseable {

    H arm(long delayNanos);

    void cancel(H alarm);

    @Override
    void close();
}
