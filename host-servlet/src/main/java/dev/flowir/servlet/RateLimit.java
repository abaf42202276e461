package dev.flowir.servlet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * How often a key may ask: in fixed windows that this machine counts, or as something else says
 * that counts for several. Thread-safe; one value given to several routes is one limit over all of
 * them.
 */
public final class RateLimit {

    private final Function<RequestHead, Optional<Duration>> counting;

    private RateLimit(Function<RequestHead, Optional<Duration>> counting) {
        this.counting = counting;
    }

    /**
     * {@code limit} requests per {@code window} and key, counted by the wall clock on this machine.
     * The shape and the two windows are those of the platform's rate-limit binding.
     *
     * @param limit at least 1
     * @param window 10 or 60 seconds
     * @param key what requests are counted by, for example {@code RequestHead::remoteAddress}
     * @return a limit that has counted nothing yet
     */
    public static RateLimit of(int limit, Duration window, Function<RequestHead, String> key) {
        return of(limit, window, key, InstantSource.system());
    }

    static RateLimit of(
            int limit, Duration window, Function<RequestHead, String> key, InstantSource clock) {
        return new RateLimit(new Windows(limit, window, key, clock)::refusal);
    }

    /**
     * A limit that is counted elsewhere, for example on a server that several processes share.
     *
     * @param counting counts a request, on the thread that takes it; when it is one too many, the
     *     time until another attempt makes sense
     * @return the limit
     */
    public static RateLimit counting(Function<RequestHead, Optional<Duration>> counting) {
        return new RateLimit(counting);
    }

    /** Counts {@code request}; when it is one too many, the time until the next attempt. */
    Optional<Duration> refusal(RequestHead request) {
        return counting.apply(request);
    }
}
