package dev.flowir.testing;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.limit.Limits;
import dev.flowir.limit.Rate;
import dev.flowir.limit.RateLimiter;
import java.time.Duration;

/** A provider of rate limits on the bench, opened with {@link #RATE} on the rule's clock. */
@FunctionalInterface
public interface RateBench extends Bench {

    /** Five permits in ten seconds: one each two seconds, five at once after a rest. */
    Rate RATE = Rate.of(5, Duration.ofSeconds(10));

    /** Keys that are in use at the same time, where {@link #boundsKeys()}. */
    int KEYS = 20;

    /**
     * Whether the provider keeps {@link #KEYS} buckets at most.
     *
     * @return false unless overridden
     */
    default boolean boundsKeys() {
        return false;
    }

    /** {@return a handle, outside of any run} */
    default RateLimiter limiter() {
        return limiter(Fence.open());
    }

    /**
     * A handle for an attempt.
     *
     * @param fence whether it still counts
     * @return the handle
     */
    default RateLimiter limiter(Fence fence) {
        return provider()
                .handle(
                        Limits.permits(provider().binding()),
                        new Scope("flow", "run", "node", 1, "key", fence));
    }
}
