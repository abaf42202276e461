package dev.flowir.examples.serving;

import dev.flowir.ir.Retriable;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.limit.Limits;
import dev.flowir.limit.RateLimiter;
import dev.flowir.limit.RateLimits;
import dev.flowir.servlet.RateLimit;
import dev.flowir.servlet.RequestHead;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** How often somebody may post, counted by a capability, which processes may share. */
public final class Posts {

    private Posts() {}

    /**
     * A limit of routes.
     *
     * @param buckets one for each key
     * @param key what posts are counted by
     * @return the limit; while the buckets cannot be asked, nothing is counted
     */
    public static RateLimit counting(RateLimits buckets, Function<RequestHead, String> key) {
        String name = buckets.binding();
        RateLimiter limiter = buckets.handle(Limits.permits(name), Scope.outside(name));
        return RateLimit.counting(request -> refusal(limiter, key.apply(request)));
    }

    private static Optional<Duration> refusal(RateLimiter limiter, String key) {
        try {
            return limiter.tryTake(key) instanceof RateLimiter.Refused(Duration wait)
                    ? Optional.of(wait)
                    : Optional.empty();
        } catch (RuntimeException failure) {
            if (failure instanceof Retriable later && later.isRetriable()) {
                return Optional.empty(); // what needs the server says so itself
            }
            throw failure;
        }
    }
}
