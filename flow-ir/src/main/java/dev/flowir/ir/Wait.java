package dev.flowir.ir;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The body of a node that waits: for a time, a signal from outside or the answer of a person. A
 * durable driver records the wait and holds no thread; the drivers of one process and of an isolate
 * keep a time of known length with a timer, and no thread either. What a driver cannot wait for
 * fails its node.
 */
public final class Wait implements NodeBody.Single {

    /** Determinism hint of nodes that wait: when the wait ends is not theirs to say. */
    static final String HINT = "resource::clock";

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Between the name of a signal and its key; no name has it. */
    private static final String BEFORE_KEY = ":";

    private static final int MAX_KEY_LENGTH = 256;

    private final Optional<String> signal;
    private final Duration duration;
    private final Optional<ToLongFunction<Object>> untilMillis;
    private final Optional<Function<Object, String>> key;
    private final Optional<Class<?>> answers;
    private final Optional<Object> otherwise;
    private final Optional<Flow<?, ?>> flow;

    private Wait(
            Optional<String> signal,
            Duration duration,
            Optional<ToLongFunction<Object>> untilMillis,
            Optional<Function<Object, String>> key,
            Optional<Class<?>> answers,
            Optional<?> otherwise,
            Optional<Flow<?, ?>> flow) {
        this.flow = flow;
        this.signal = signal;
        this.duration = duration;
        this.untilMillis = untilMillis;
        this.key = key;
        this.answers = answers;
        this.otherwise = otherwise.map(answer -> answer);
    }

    private static Wait of(Optional<String> signal, Duration duration) {
        return new Wait(
                signal,
                duration,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Wait sleep(Duration duration) {
        return of(Optional.empty(), duration);
    }

    static Wait until(ToLongFunction<Object> epochMillis) {
        return new Wait(
                Optional.empty(),
                Duration.ZERO,
                Optional.of(epochMillis),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Wait signal(String name, Duration timeout) {
        return of(Optional.of(name), timeout);
    }

    static Wait signal(String name, Function<Object, String> key, Duration timeout) {
        return new Wait(
                Optional.of(name),
                timeout,
                Optional.empty(),
                Optional.of(key),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Wait answer(Class<?> answers, Duration timeout, Optional<?> otherwise) {
        return new Wait(
                Optional.empty(),
                timeout,
                Optional.empty(),
                Optional.empty(),
                Optional.of(answers),
                otherwise,
                Optional.empty());
    }

    static Wait flow(Flow<?, ?> flow) {
        return new Wait(
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(flow));
    }

    /** {@return the flow whose run it waits for; empty when it waits for something else} */
    public Optional<Flow<?, ?>> flow() {
        return flow;
    }

    /** {@return name of the signal that ends the wait; empty when something else does} */
    public Optional<String> signal() {
        return signal;
    }

    /** {@return how long it waits; empty when something else ends the wait} */
    public Optional<Duration> sleep() {
        return signal.isPresent()
                        || untilMillis.isPresent()
                        || answers.isPresent()
                        || flow.isPresent()
                ? Optional.empty()
                : Optional.of(duration);
    }

    /** {@return whether it waits for a signal with a key of its own} */
    public boolean isKeyed() {
        return key.isPresent();
    }

    /** {@return the enum of the answers that end the wait; empty when something else does} */
    public Optional<Class<?>> answers() {
        return answers;
    }

    /** {@return the answer when nobody gives one in time; empty when the node fails then} */
    public Optional<Object> otherwise() {
        return otherwise;
    }

    /**
     * What has to come to end the wait.
     *
     * @param item what the node got
     * @return the signal's name, with the key that follows from the item when it has one
     * @throws IllegalArgumentException when the key is empty or has more than 256 characters
     */
    public Optional<String> address(Object item) {
        return signal.map(name -> key.isEmpty() ? name : address(name, key.get().apply(item)));
    }

    /**
     * {@return a signal's name with a key}
     *
     * @param name name of the signal
     * @param key which of those
     * @throws IllegalArgumentException when the key is empty or has more than 256 characters
     */
    public static String address(String name, String key) {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "a signal's key has 1 to " + MAX_KEY_LENGTH + " characters, got " + key);
        }
        return name + BEFORE_KEY + key;
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
