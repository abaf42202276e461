package dev.flowir.durable;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How many runs of a flow may be under way at a time, and how many may begin in a time: of the
 * flow, or of each key that follows from an input. A run over the limit is {@link
 * dev.flowir.kernel.journal.RunState#HELD}: recorded, without memory and thread, and it begins in
 * its turn, first come, first served, whatever happens to the process meanwhile.
 *
 * <pre>{@code
 * DurableRuntime.on(store)
 *         .flows(ORDER)
 *         .limit(ORDER, FlowLimit.concurrency(1).perKey(Order::customer))
 * }</pre>
 *
 * @param <I> input of the flow
 */
public final class FlowLimit<I> {

    /**
     * Runs at a time that a limit may allow; {@link DurableLimits#maxRunning} is what bounds all.
     */
    public static final int MAX_CONCURRENCY = 10_000;

    /** Runs in a period that a limit may allow: as many beginnings are remembered for each key. */
    public static final int MAX_RATE = 10_000;

    /** The longest period of a rate. */
    public static final Duration MAX_PERIOD = Duration.ofDays(1);

    /** Characters of a key, as of a signal's. */
    public static final int MAX_KEY_LENGTH = 256;

    private final OptionalInt places;
    private final OptionalInt perPeriod;
    private final Duration period;
    private final Optional<Function<? super I, String>> key;

    private FlowLimit(
            OptionalInt places,
            OptionalInt perPeriod,
            Duration period,
            Optional<Function<? super I, String>> key) {
        this.places = places;
        this.perPeriod = perPeriod;
        this.period = period;
        this.key = key;
    }

    /**
     * At most so many runs at a time. A run has its place from when it begins until it is over:
     * also while it waits, is paused or parked.
     *
     * @param <I> input of the flow
     * @param runs how many, 1 to {@link #MAX_CONCURRENCY}
     * @return the limit
     */
    public static <I> FlowLimit<I> concurrency(int runs) {
        return new FlowLimit<>(
                OptionalInt.of(within("concurrency", runs, MAX_CONCURRENCY)),
                OptionalInt.empty(),
                Duration.ZERO,
                Optional.empty());
    }

    /**
     * At most so many runs begin in any stretch of time of this length.
     *
     * @param <I> input of the flow
     * @param runs how many, 1 to {@link #MAX_RATE}
     * @param period in how long: a millisecond to {@link #MAX_PERIOD}
     * @return the limit
     */
    public static <I> FlowLimit<I> rate(int runs, Duration period) {
        return new FlowLimit<>(
                OptionalInt.empty(),
                OptionalInt.of(within("rate", runs, MAX_RATE)),
                within(period),
                Optional.empty());
    }

    /**
     * The same, and at most so many runs begin in any stretch of time of this length.
     *
     * @param runs how many, 1 to {@link #MAX_RATE}
     * @param in in how long: a millisecond to {@link #MAX_PERIOD}
     * @return the limit
     */
    public FlowLimit<I> andRate(int runs, Duration in) {
        int most = within("rate", runs, MAX_RATE);
        return new FlowLimit<>(places, OptionalInt.of(most), within(in), key);
    }

    /**
     * The same for each key by itself.
     *
     * @param <J> input of the flow
     * @param of the key that follows from an input, of 1 to {@link #MAX_KEY_LENGTH} characters
     * @return the limit
     */
    public <J extends I> FlowLimit<J> perKey(Function<? super J, String> of) {
        return new FlowLimit<>(places, perPeriod, period, Optional.of(of));
    }

    private static int within(String what, int asked, int most) {
        if (asked < 1 || asked > most) {
            throw new IllegalArgumentException(
                    "a " + what + " of runs is 1 to " + most + ", not " + asked);
        }
        return asked;
    }

    private static Duration within(Duration period) {
        if (period.compareTo(Duration.ofMillis(1)) < 0 || period.compareTo(MAX_PERIOD) > 0) {
            throw new IllegalArgumentException(
                    "the period of a rate is a millisecond to a day, not " + period);
        }
        return period;
    }

    /** Runs at a time. */
    OptionalInt places() {
        return places;
    }

    /** Runs that begin in a period. */
    OptionalInt perPeriod() {
        return perPeriod;
    }

    long periodMillis() {
        return period.toMillis();
    }

    /** The key of an input; empty for all runs of the flow. */
    String keyOf(I input) {
        return key.map(it -> it.apply(input)).orElse("");
    }

    boolean isPerKey() {
        return key.isPresent();
    }
}
