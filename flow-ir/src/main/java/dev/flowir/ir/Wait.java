package dev.flowir.ir;

import java.time.Duration;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The body of a node that waits: for a time or for a signal from outside. A durable driver records
 * the wait and holds no thread; the driver of one process keeps a time of known length with a
 * timer, and no thread either. What a driver cannot wait for fails its node.
 */
public final class Wait implements NodeBody.Single {

    /** Determinism hint of nodes that wait: when the wait ends is not theirs to say. */
    static final String HINT = "resource::clock";

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Optional<String> signal;
    private final Duration duration;
    private final Optional<ToLongFunction<Object>> untilMillis;

    private Wait(
            Optional<String> signal,
            Duration duration,
            Optional<ToLongFunction<Object>> untilMillis) {
        this.signal = signal;
        this.duration = duration;
        this.untilMillis = untilMillis;
    }

    static Wait sleep(Duration duration) {
        return new Wait(Optional.empty(), duration, Optional.empty());
    }

    static Wait until(ToLongFunction<Object> epochMillis) {
        return new Wait(Optional.empty(), Duration.ZERO, Optional.of(epochMillis));
    }

    static Wait signal(String name, Duration timeout) {
        return new Wait(Optional.of(name), timeout, Optional.empty());
    }

    /** {@return name of the signal that ends the wait; empty when time alone does} */
    public Optional<String> signal() {
        return signal;
    }

    /** {@return how long it waits; empty when a signal or an instant ends the wait} */
    public Optional<Duration> sleep() {
        return signal.isPresent() || untilMillis.isPresent()
                ? Optional.empty()
                : Optional.of(duration);
    }

    /**
     * When the wait is over if nothing else ends it.
     *
     * @param item what the node got
     * @param nowNanos now, in nanoseconds since 1970
     * @return the instant, in nanoseconds since 1970, not before {@code nowNanos}
     */
    public long dueNanos(Object item, long nowNanos) {
        if (untilMillis.isPresent()) {
            long millis = untilMillis.get().applyAsLong(item);
            long most = Long.MAX_VALUE / 2 / NANOS_PER_MILLI;
            return Math.max(nowNanos, Math.min(millis, most) * NANOS_PER_MILLI);
        }
        if (duration.isNegative()) {
            return nowNanos;
        }
        long most = Long.MAX_VALUE / 2 - nowNanos;
        Duration furthest = Duration.ofNanos(most);
        return nowNanos + (duration.compareTo(furthest) < 0 ? duration.toNanos() : most);
    }

    @Override
    public Object run(Object input, Handles handles, NodeContext context) {
        throw new NonRetryableException(
                "node '" + context.node() + "' waits: run its flow on a durable runtime");
    }
}
