package dev.flowir.testing;

import dev.flowir.kernel.host.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** A {@link TestClock} as a runtime reads it: nanoseconds since 1970, and timers. */
public final class VirtualTime implements TimeSource {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final TestClock clock;

    /**
     * Time as {@code clock} tells it.
     *
     * @param clock moved on by the test
     */
    public VirtualTime(TestClock clock) {
        this.clock = clock;
    }

    /** {@return the clock} */
    public TestClock clock() {
        return clock;
    }

    @Override
    public long nanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    @Override
    public Timer schedule(long atNanos, Runnable task) {
        return clock.schedule(Duration.ofNanos(atNanos - nanos()), task)::run;
    }
}
