package dev.flowir.testing;

import dev.flowir.kernel.host.TimeSource;

/** Alarms that ring late, or twice. */
final class FaultyTime implements TimeSource {

    private final TimeSource time;
    private final Faults faults;

    FaultyTime(TimeSource time, Faults faults) {
        this.time = time;
        this.faults = faults;
    }

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public Timer schedule(long atNanos, Runnable task) {
        int rings = faults.rings();
        return time.schedule(
                atNanos + faults.lateNanos(),
                () -> {
                    for (int ring = 0; ring < rings; ring++) {
                        task.run();
                    }
                });
    }
}
