package dev.flowir.servlet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Counts requests per key in fixed windows of this machine's clock. Thread-safe. */
final class Windows {

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

    /**
     * {@code limit} requests per {@code window} and key.
     *
     * @param window 10 or 60 seconds
     */
    Windows(int limit, Duration window, Function<RequestHead, String> key, InstantSource clock) {
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
