package dev.flowir.http;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The rate limiter of an endpoint, as the generic cell rate algorithm has it: one instant says when
 * the bucket would be full again. Thread-safe; its time is the clock's.
 */
final class Bucket {

    private final Supplier<Instant> clock;
    private final Duration gap;
    private final Duration room;
    private Instant fullAt;

    Bucket(CallRate rate, Supplier<Instant> clock) {
        this.clock = clock;
        this.gap = Spans.part(rate.per(), rate.calls());
        this.room = Spans.times(gap, rate.burst() - 1);
        this.fullAt = clock.get();
    }

    /** Takes one call; zero when there was one, else the time until there is. */
    synchronized Duration take() {
        Instant now = clock.get();
        Instant from = fullAt.isBefore(now) ? now : fullAt;
        Duration wait = Spans.between(now.plus(room), from);
        if (wait.compareTo(Duration.ZERO) > 0) {
            return wait;
        }
        fullAt = from.plus(gap);
        return Duration.ZERO;
    }
}
