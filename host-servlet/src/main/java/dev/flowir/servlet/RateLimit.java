package dev.flowir.servlet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * At most so many requests per key in a fixed window of 10 or 60 seconds, counted by the wall clock
 * on this machine. The shape and the two windows are those of the platform's rate-limit binding.
 * Thread-safe; one value given to several routes is one limit over all of them.
 */
public final class RateLimit {

    /** Keys counted one by one in a window; those beyond share one count. */
    static final int MAX_KEYS = 100_000;

    /** Longest key, in characters; longer ones are cut. */
    private static final int MAX_KEY_LENGTH = 256;

    private static final String OVERFLOW = "";

    private final int limit;
    private final long windowMillis;
    private final Function<RequestHead, String> key;
    private final InstantSource clock;
    private volatile Window current = new Window(Long.MIN_VALUE);

    private record Window(long number, Map<String, AtomicInteger> counts) {
        Window(long number) {
            this(number, new ConcurrentHashMap<>());
        }
    }

    private RateLimit(
            int limit, Duration window, Function<RequestHead, String> key, InstantSource clock) {
        long seconds = window.toSeconds();
        if (limit < 1 || !(window.equals(Duration.ofSeconds(10)) || seconds == 60)) {
            throw new IllegalArgumentException(
                    "a rate limit takes at least 1 request per window of 10 or 60 seconds, got "
                            + limit
                            + " per "
                            + window);
        }
        this.limit = limit;
        this.windowMillis = window.toMillis();
        this.key = key;
        this.clock = clock;
    }

    /**
     * {@code limit} requests per {@code window} and key.
     *
     * @param limit at least 1
     * @param window 10 or 60 seconds
     * @param key what requests are counted by, for example {@code RequestHead::remoteAddress}
     * @return a limit that has counted nothing yet
     */
    public static RateLimit of(int limit, Duration window, Function<RequestHead, String> key) {
        return new RateLimit(limit, window, key, InstantSource.system());
    }

    static RateLimit of(
            int limit, Duration window, Function<RequestHead, String> key, InstantSource clock) {
        return new RateLimit(limit, window, key, clock);
    }

    /** Counts {@code request}; when it is one too many, the time until the next window. */
    Optional<Duration> refusal(RequestHead request) {
        long now = clock.millis();
        Window window = window(now / windowMillis);
        String name = key.apply(request);
        if (name.length() > MAX_KEY_LENGTH) {
            name = name.substring(0, MAX_KEY_LENGTH);
        }
        Map<String, AtomicInteger> counts = window.counts();
        if (counts.size() >= MAX_KEYS && !counts.containsKey(name)) {
            name = OVERFLOW;
        }
        AtomicInteger count = counts.computeIfAbsent(name, missing -> new AtomicInteger());
        int before = count.getAndUpdate(seen -> Math.min(seen + 1, limit));
        return before < limit
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(windowMillis - now % windowMillis));
    }

    private Window window(long number) {
        Window seen = current;
        if (seen.number() >= number) {
            return seen;
        }
        synchronized (this) {
            if (current.number() < number) {
                current = new Window(number);
            }
            return current;
        }
    }
}
