package dev.flowir.durable;

import dev.flowir.kernel.host.TimeSource;

/** One timer that stands for many: it rings at the earliest moment that it was told. */
final class AlarmClock {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final TimeSource time;
    private final Runnable ring;
    private long atMillis = NEVER;
    private TimeSource.Timer timer = () -> {};
    private boolean off;

    AlarmClock(TimeSource time, Runnable ring) {
        this.time = time;
        this.ring = ring;
    }

    /** Rings at {@code millis} or before. */
    synchronized void at(long millis) {
        if (millis < atMillis && !off) {
            timer.cancel();
            atMillis = millis;
            timer = time.schedule(millis * NANOS_PER_MILLI, () -> rang(millis));
        }
    }

    private void rang(long millis) {
        synchronized (this) {
            if (off) {
                return;
            }
            if (atMillis == millis) {
                atMillis = NEVER;
            }
        }
        ring.run();
    }

    /** Never rings again. */
    synchronized void off() {
        off = true;
        timer.cancel();
    }
}
